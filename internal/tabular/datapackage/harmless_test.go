package datapackage

import "testing"

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "275": "275", "-8": "-8", "-0.5": "-0.5", "示例市": "示例市",
		"=1+1": "'=1+1", "+86": "'+86", "-": "'-", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "-8件": "'-8件", "－8": "'－8", "-.": "'-.",
	} {
		if got := harmless(in); got != want {
			t.Errorf("harmless(%q) = %q, want %q", in, got, want)
		}
	}
}
