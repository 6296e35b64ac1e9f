package pipeline

import (
	"context"
	"iter"
)

// InOrder applies work to each item in up to jobs goroutines and yields the
// results in the order of the items. No more than jobs+1 items are in flight,
// so memory is bounded by the largest of them. When the caller stops or ctx
// ends, work under way is told so by its context and waited for.
func InOrder[T, R any](ctx context.Context, jobs int, items iter.Seq[T], work func(context.Context, T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		ctx, cancel := context.WithCancel(ctx)
		queue := make(chan chan R, jobs) // results to come, in order
		slots := make(chan struct{}, jobs)
		go func() {
			defer close(queue)
			for item := range items {
				result := make(chan R, 1)
				select {
				case queue <- result:
				case <-ctx.Done():
					return
				}
				slots <- struct{}{}
				go func() {
					defer func() { <-slots }()
					result <- work(ctx, item)
				}()
			}
		}()
		defer func() {
			cancel()
			for result := range queue {
				<-result
			}
		}()
		for result := range queue {
			if !yield(<-result) {
				return
			}
		}
	}
}
