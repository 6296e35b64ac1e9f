package main

import (
	"errors"

	"gongkai"
)

// suggestion returns `, did you mean "x"?` for the known name nearest to a
// mistyped one; nothing if none is near.
func suggestion(typed string, names []string) string {
	return meant(gongkai.NoSuch("", typed, names))
}

// meant is what to add to the text of an error about a name that nothing has.
func meant(err error) string {
	var e *gongkai.Error
	if errors.As(err, &e) && e.Code != gongkai.CodeAmbiguous && len(e.Near) > 0 {
		return `, did you mean "` + e.Near[0] + `"?`
	}
	return ""
}
