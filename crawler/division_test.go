package crawler

import "testing"

func TestPrefecture(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"320813": "淮安市", "640300": "吴忠市", "653022": "克孜勒苏柯尔克孜自治州", "110105": "", "469001": "", "9": ""} {
		if got := Prefecture(code); got != want {
			t.Errorf("%s lies in %q, want %q", code, got, want)
		}
	}
	if n := len(prefectures()); n != 333 {
		t.Errorf("%d prefecture-level divisions, the country has 333", n)
	}
	for code := range prefectures() {
		if Province(code) == "" {
			t.Errorf("%s lies in no province", code)
		}
	}
}
