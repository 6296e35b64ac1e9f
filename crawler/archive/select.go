package archive

import (
	"context"
	"iter"

	"gongkai"
)

// Select gives the documents that are wanted, in the order and in the way of
// [Archive.Documents]. want is given the hash and the document without its
// bytes; those of the others are not read.
func (a *Archive) Select(ctx context.Context, want func(hash string, d *gongkai.Document) bool) iter.Seq2[*gongkai.Document, error] {
	return func(yield func(*gongkai.Document, error) bool) {
		for _, e := range a.distinct() {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if want(e.Hash, e.document()) && !yield(a.load(e)) {
				return
			}
		}
	}
}
