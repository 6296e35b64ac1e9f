package gongkai_test

import (
	"errors"
	"io/fs"
	"testing"

	"gongkai"
)

func TestErrorTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want string
	}{
		{gongkai.NoSuch("rule", "T3-BALL", []string{"T2-SUM", "T3-BAL"}), `there is no rule "T3-BALL"`},
		{&gongkai.Error{Code: gongkai.CodeNotFound, What: "agency", Name: "x"}, `no agency is called "x"`},
		{&gongkai.Error{Code: gongkai.CodeAmbiguous, What: "agency", Name: "局", Near: []string{"甲局 (a)", "乙局 (b)"}}, `"局" may be 甲局 (a), 乙局 (b)`},
		{&gongkai.Error{Code: gongkai.CodeInvalid, What: "severity", Name: "X", Err: errors.New("E, W or I")}, `severity "X": E, W or I`},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if err := error(&gongkai.Error{Code: gongkai.CodeInvalid, Err: fs.ErrNotExist}); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what lies below is lost")
	}
}

// TestNearest: a slip finds the name that was meant, another word finds none.
func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"cell", "report", "finding", "v_current_report"}
	for typed, want := range map[string]string{"cel": "cell", "reprot": "report", "v_curr": "v_current_report", "findings": "finding", "something": "", "x": ""} {
		near := gongkai.NoSuch("table", typed, known).Near
		got := ""
		if len(near) > 0 {
			got = near[0]
		}
		if got != want || len(near) > 1 {
			t.Errorf("%q: %q, want %q", typed, near, want)
		}
	}
}
