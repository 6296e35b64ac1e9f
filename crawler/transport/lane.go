package transport

import "time"

const (
	slowest  = time.Minute      // the most that a delay grows to
	rest     = 30 * time.Minute // how long a failing host is left alone at first
	longest  = 8 * time.Hour    // and at most
	strikes  = 3                // failures in a row before it is
	patience = 5 * time.Minute  // the longest Retry-After that is waited for
)

// A lane is the queue before one host or one address. Its times are starts of
// requests.
type lane struct {
	next  time.Time     // the earliest start of the next request
	least time.Duration // robots.txt's Crawl-delay; 0 if none
	extra time.Duration // what the host's trouble adds to the delay
	sent  int           // requests in this run
	busy  chan struct{} // holds one token while a request is under way

	failures int       // in a row
	last     Code      // of the last failure
	until    time.Time // the host rests until then
	pause    time.Duration
}

func newLane() *lane { return &lane{busy: make(chan struct{}, 1)} }

// reserve takes the next start on all lanes at once, and keeps each of them
// free for delay after it.
func reserve(now time.Time, delay time.Duration, lanes ...*lane) time.Time {
	start := now
	for _, l := range lanes {
		if l.next.After(start) {
			start = l.next
		}
	}
	for _, l := range lanes {
		l.begun(start, delay)
	}
	return start
}

// begun keeps the lane free for delay after a request that began at start.
func (l *lane) begun(start time.Time, delay time.Duration) {
	if t := start.Add(max(delay, l.least) + l.extra); t.After(l.next) {
		l.next = t
	}
}

// done learns from an outcome. Trouble doubles the delay, success takes it back
// little by little; after three failures in a row the host rests.
func (l *lane) done(now time.Time, delay time.Duration, err *Error) {
	if err == nil {
		l.failures, l.pause, l.extra = 0, 0, l.extra*4/5
		if l.extra < 10*time.Millisecond {
			l.extra = 0
		}
		return
	}
	overload := err.Status == 429 || err.Status == 503
	if overload || err.Code == Timeout || err.Code.Walled() {
		l.extra = min(slowest, max(delay, l.extra*2))
	}
	switch t := now.Add(min(err.RetryAfter, longest)); {
	case err.RetryAfter > patience:
		l.until, l.last = t, err.Code
	case err.RetryAfter > 0 && t.After(l.next):
		l.next = t
	}
	switch err.Code {
	case Timeout, Network, DNS, TLS, Blocked, Challenge, Captcha:
		l.failures++
		l.last = err.Code
	case Incomplete, Status:
		// The host answers: it is not down, whatever it says.
		l.failures = 0
	}
	if l.failures >= strikes {
		l.pause = min(longest, max(rest, l.pause*2))
		l.until = now.Add(l.pause)
		l.failures = strikes - 1 // one more failure after the rest, and it rests again
	}
}
