package pipeline

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestInOrder works on items that take longest first.
func TestInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running, most atomic.Int32
		work := func(_ context.Context, n int) int {
			now := running.Add(1)
			for {
				seen := most.Load()
				if now <= seen || most.CompareAndSwap(seen, now) {
					break
				}
			}
			time.Sleep(time.Duration(100-n) * time.Second)
			running.Add(-1)
			return n * n
		}
		got := slices.Collect(InOrder(t.Context(), 4, slices.Values([]int{1, 2, 3, 4, 5, 6, 7, 8, 9}), work))
		if want := []int{1, 4, 9, 16, 25, 36, 49, 64, 81}; !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
		if most.Load() != 4 {
			t.Errorf("%d at a time, want 4", most.Load())
		}
	})
}

// TestInOrderStops leaves early: what is under way is told so and waited for.
func TestInOrderStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running atomic.Int32
		work := func(ctx context.Context, n int) int {
			running.Add(1)
			defer running.Add(-1)
			if n > 0 {
				<-ctx.Done()
			}
			return n
		}
		endless := func(yield func(int) bool) {
			for n := 0; yield(n); n++ {
			}
		}
		for range InOrder(t.Context(), 3, endless, work) {
			break
		}
		if n := running.Load(); n != 0 {
			t.Errorf("%d still running", n)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range InOrder(ctx, 3, endless, work) {
		}
	})
}
