package crawler

import (
	"time"

	"gongkai"
)

// Shanghai is the time zone of every date in this package: China has one.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Deadline returns the last day on which the report of fiscal year may be
// published, as midnight in Shanghai, and false if no national rule sets one.
//
// Departments have until 31 January of the next year, governments until
// 31 March (条例 2019, art. 49). Reports for 2018 and before had until 31 March
// (条例 2007, art. 31). The article does not bind townships and sub-districts:
// local rules do.
func Deadline(level gongkai.Level, t gongkai.AgencyType, year int) (time.Time, bool) {
	switch {
	case year < 2008:
		return time.Time{}, false
	case year <= 2018:
		return date(year+1, time.March, 31), true
	case level == gongkai.Township || t == gongkai.SubdistrictOffice:
		return time.Time{}, false
	case t == gongkai.Government:
		return date(year+1, time.March, 31), true
	case t == "":
		return time.Time{}, false
	}
	return date(year+1, time.January, 31), true
}

// LastDeadline returns the last day of those that [Deadline] knows that has
// passed at now, as midnight in Shanghai: all before it have passed, too.
func LastDeadline(now time.Time) time.Time {
	year := now.In(Shanghai).Year()
	for _, day := range []time.Time{date(year, time.March, 31), date(year, time.January, 31)} {
		if passed(day, now) {
			return day
		}
	}
	return date(year-1, time.March, 31)
}

// passed reports whether a day is over: until then it is still time.
func passed(day, now time.Time) bool { return !now.Before(day.AddDate(0, 0, 1)) }

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, Shanghai)
}

// LastDue returns the last fiscal year whose every report is due at now: the
// year before last until the end of March, then the last one.
func LastDue(now time.Time) int {
	now = now.In(Shanghai)
	if now.Month() <= time.March {
		return now.Year() - 2
	}
	return now.Year() - 1
}
