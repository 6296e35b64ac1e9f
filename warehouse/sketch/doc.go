// Package sketch finds texts that say the same in the same words (内容雷同).
//
// Two texts are compared by the pieces of five characters that they share,
// after numbers, names of the agency and its places, and the wording that the
// law and the form prescribe were masked. A text of which little is left is
// not compared. A signature of 64 bytes estimates the similarity of any two
// texts; [Jaccard] gives it exactly.
//
// # Files
//
//	mask.go      Mask, Names: what does not count
//	phrases.txt  the prescribed wording
//	sketch.go    Of, Similarity, Jaccard
package sketch
