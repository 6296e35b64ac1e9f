package crawler

import (
	"testing"
	"time"

	"gongkai"
)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, Shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDeadline(t *testing.T) {
	tests := []struct {
		level gongkai.Level
		typ   gongkai.AgencyType
		year  int
		want  string // empty: none
	}{
		{gongkai.County, gongkai.Department, 2023, "2024-01-31"},
		{gongkai.County, gongkai.GovernmentOffice, 2019, "2020-01-31"},
		{gongkai.County, gongkai.Government, 2023, "2024-03-31"},
		{gongkai.National, gongkai.Department, 2023, "2024-01-31"},
		{gongkai.County, gongkai.Department, 2018, "2019-03-31"},
		{gongkai.Township, gongkai.Government, 2023, ""},
		{gongkai.Township, gongkai.SubdistrictOffice, 2023, ""},
		{gongkai.County, gongkai.SubdistrictOffice, 2023, ""},
		{gongkai.County, "", 2023, ""},
		{gongkai.County, gongkai.Department, 2007, ""},
	}
	for _, tt := range tests {
		got, ok := Deadline(tt.level, tt.typ, tt.year)
		if day := got.Format(time.DateOnly); ok != (tt.want != "") || ok && day != tt.want {
			t.Errorf("Deadline(%s, %s, %d) = %s, %v; want %q", tt.level, tt.typ, tt.year, day, ok, tt.want)
		}
	}
}

func TestLastDueAndSeason(t *testing.T) {
	for day, want := range map[string]int{"2024-01-01 00:00": 2022, "2024-03-31 23:59": 2022, "2024-04-01 00:00": 2023, "2024-12-31 23:59": 2023} {
		if got := LastDue(at(day)); got != want {
			t.Errorf("LastDue(%s) = %d, want %d", day, got, want)
		}
	}
	// New Year's Eve in London is the season in Shanghai.
	if !InSeason(time.Date(2023, 12, 31, 17, 0, 0, 0, time.UTC)) || InSeason(at("2024-05-01 00:00")) || !InSeason(at("2024-04-30 23:59")) {
		t.Error("season")
	}
}

func TestDue(t *testing.T) {
	tests := []struct {
		name     string
		task     Task
		now      string
		document bool
		want     bool
	}{
		{"never seen", Task{}, "2024-07-01 02:00", false, true},
		{"same night", Task{State: TaskDone, At: at("2024-02-01 01:00")}, "2024-02-01 23:00", false, false},
		{"next night, earlier", Task{State: TaskDone, At: at("2024-02-01 23:50")}, "2024-02-02 00:10", false, true},
		{"off season, 6 days", Task{State: TaskDone, At: at("2024-07-01 02:00")}, "2024-07-07 23:00", false, false},
		{"off season, 7 days", Task{State: TaskDone, At: at("2024-07-01 02:00")}, "2024-07-08 00:00", false, true},
		{"document, 29 days", Task{State: TaskDone, At: at("2024-02-01 02:00")}, "2024-03-01 02:00", true, false},
		{"document, 30 days", Task{State: TaskDone, At: at("2024-02-01 02:00")}, "2024-03-02 02:00", true, true},
		{"failed, too early", Task{State: TaskFailed, Next: at("2024-02-03 00:00")}, "2024-02-02 02:00", true, false},
		{"failed, due", Task{State: TaskFailed, Next: at("2024-02-03 00:00")}, "2024-02-03 00:00", true, true},
		{"died once", Task{State: TaskLeased, Tries: 1, At: at("2024-02-01 02:00")}, "2024-02-01 03:00", true, true},
		{"died three times", Task{State: TaskLeased, Tries: 3, At: at("2024-02-01 02:00")}, "2024-02-02 02:00", true, false},
		{"died long ago", Task{State: TaskLeased, Tries: 3, At: at("2024-02-01 02:00")}, "2024-03-05 02:00", true, true},
	}
	for _, tt := range tests {
		if got := tt.task.Due(at(tt.now), tt.document); got != tt.want {
			t.Errorf("%s: due %v", tt.name, got)
		}
	}
}

func TestNextTry(t *testing.T) {
	now := at("2024-02-01 02:00")
	tests := []struct {
		kind  FailureKind
		tries int
		after time.Duration
		want  string
	}{
		{FailNetwork, 1, 0, "2024-02-02 00:00"},
		{FailNetwork, 3, 0, "2024-02-05 00:00"},
		{FailNetwork, 99, 0, "2024-03-02 00:00"},
		{FailStatus, 1, 50 * time.Hour, "2024-02-03 04:00"},
		{FailBlocked, 1, 0, "2024-02-08 00:00"},
		{FailBlocked, 9, 0, "2024-02-29 00:00"},
		{FailUnrecognised, 9, 0, "2024-02-02 00:00"},
		{FailBudget, 1, 0, "2024-02-01 02:00"},
	}
	for _, tt := range tests {
		if got := nextTry(now, tt.kind, tt.tries, tt.after); !got.Equal(at(tt.want)) {
			t.Errorf("%s, try %d: %s, want %s", tt.kind, tt.tries, got, tt.want)
		}
	}
}
