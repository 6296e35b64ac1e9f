package crawler

import "time"

// InSeason reports whether now lies in January to April, when reports appear.
func InSeason(now time.Time) bool { return now.In(Shanghai).Month() <= time.April }

const (
	listInterval     = 7  // days between visits of a list off season
	documentInterval = 30 // days between rechecks of a document, for 更正
	maxBackoff       = 30 // days
	deadlyTries      = 3  // a task that killed so many runs is left alone
)

// Due reports whether a list (or, with document, a document) is to be visited
// at now. Days are counted by the calendar in Shanghai, so that a nightly run
// that starts a little earlier than yesterday's misses nothing.
// What was visited in the future, by a clock that has been put right since, is
// due: it would rest until then. A clock put back by an hour makes nothing due.
func (t Task) Due(now time.Time, document bool) bool {
	if days(now, t.At) > 1 {
		return true
	}
	switch t.State {
	case TaskDone:
		switch past := days(t.At, now); {
		case document:
			return past >= documentInterval
		case InSeason(now):
			return past >= 1
		default:
			return past >= listInterval
		}
	case TaskFailed:
		return !now.Before(t.Next)
	case TaskLeased: // an earlier run died here
		return t.Tries < deadlyTries || days(t.At, now) >= documentInterval
	}
	return true
}

// days returns the number of midnights in Shanghai between a and b.
func days(a, b time.Time) int {
	return int(midnight(b).Sub(midnight(a)) / (24 * time.Hour))
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(Shanghai).Date()
	return date(y, m, d)
}

// nextTry returns when a task that failed tries times in a row is due again.
func nextTry(now time.Time, kind FailureKind, tries int, after time.Duration) time.Time {
	wait := 1
	switch kind {
	case FailStore, FailBudget, FailCancelled:
		return now
	case FailEmpty, FailUnrecognised, FailShort, FailEntry, FailTrap: // ours to mend: look every night
	case FailBlocked, FailChallenge, FailCaptcha, FailScript, FailRobots, FailOffSite, FailCrash:
		wait = 7 * min(max(tries, 1), 4)
	default: // double from night to night: a dead host costs little
		wait = 1 << min(max(tries-1, 0), 5)
	}
	next := midnight(now).AddDate(0, 0, min(wait, maxBackoff))
	if asked := now.Add(after); after > 0 && asked.After(next) {
		return asked
	}
	return next
}
