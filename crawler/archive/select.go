package archive

import (
	"context"
	"iter"

	"gongkai"
)

// Select gives the documents whose hash is wanted, in the order and in the way
// of [Archive.Documents]. The bytes of the others are not read.
func (a *Archive) Select(ctx context.Context, want func(hash string) bool) iter.Seq2[*gongkai.Document, error] {
	return func(yield func(*gongkai.Document, error) bool) {
		for _, e := range a.distinct() {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if want(e.Hash) && !yield(a.load(e)) {
				return
			}
		}
	}
}
