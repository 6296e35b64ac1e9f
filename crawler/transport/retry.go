package transport

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const maxRetries = 3

// retry asks again after trouble that may pass: up to three times, later each
// time, and not before the server's Retry-After. It never retries a challenge.
func retry(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		t, wait := jobOf(req).trace(), pauses()
		var before error
		for n := 0; ; n++ {
			again, err := rewind(req, n)
			if err != nil {
				return nil, err
			}
			t.Attempts++
			resp, err := next.RoundTrip(again)
			e, ok := errors.AsType[*Error](err)
			if ok && e.Code == HostDown && before != nil {
				return nil, before // what brought it down says more
			}
			before = err
			if !ok || n == maxRetries || !passing(e) || e.RetryAfter > patience {
				return resp, err
			}
			if stop := sleep(req.Context(), max(wait.NextBackOff(), e.RetryAfter)); stop != nil {
				return nil, stop
			}
		}
	})
}

// passing reports whether the trouble may pass by itself.
func passing(e *Error) bool {
	switch e.Code {
	case Network, Timeout, Incomplete:
		return true
	case Status:
		return e.Status == 429 || e.Status >= 502 && e.Status <= 504
	}
	return false
}

// pauses are 1, 2, 4 seconds, give or take a half.
func pauses() backoff.BackOff {
	return &backoff.ExponentialBackOff{
		InitialInterval: time.Second, RandomizationFactor: 0.5, Multiplier: 2, MaxInterval: time.Second << maxRetries,
	}
}

// rewind gives each further attempt its own body.
func rewind(req *http.Request, n int) (*http.Request, error) {
	if n == 0 || req.Body == nil || req.Body == http.NoBody {
		return req, nil
	}
	if req.GetBody == nil {
		return nil, fmt.Errorf("request %s: its body cannot be read twice", req.URL)
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	again := req.Clone(req.Context())
	again.Body = body
	return again, nil
}
