// Package linelog keeps files of JSON lines that show when they were damaged.
//
// Every line ends with its number in the file and a checksum of all before it:
//
//	{"site":"990100","state":"done","n":7,"crc":"1a2b3c4d"}
//
// A flipped byte breaks the checksum; lines that were taken out or exchanged
// break the numbers; FILE.head says how many lines there were when the file was
// last closed, so that lines cut off at the end are missed too. Lines without
// number and checksum are from older versions and are read as they are.
//
// A damaged line never stops the reading of the others. A last line without a
// line end was cut short by a crash and is no line.
//
//	seal.go    Seal, Check: the checksum of one line
//	read.go    Read: all lines of a file, and its damage
//	log.go     Log: adding lines
//	repair.go  Repair, Rewrite: setting damaged lines aside
package linelog
