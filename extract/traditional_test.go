package extract

import (
	"strings"
	"testing"
)

func TestSimplify(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"示例市實驗小學": "示例市实验小学", "衛生與計劃生育委員會": "卫生与计划生育委员会", "雲嶺縣環境監測站": "云岭县环境监测站",
		"乾县人民政府": "乾县人民政府", "2023年 ABC": "2023年 ABC", "": "",
	} {
		if got := simplify(from); got != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}

// TestTraditionalFile: a pair that leads on to another pair, or changes the
// length of a text, would break matching without a word.
func TestTraditionalFile(t *testing.T) {
	t.Parallel()
	n := 0
	for line := range strings.Lines(traditionalFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			r := []rune(pair)
			if len(r) != 2 || r[0] < firstHan || r[0] > lastHan || r[1] < firstHan || r[1] > lastHan {
				t.Errorf("%q is no pair of Han characters", pair)
				continue
			}
			if again := simplify(string(r[1])); again != string(r[1]) {
				t.Errorf("%s: %c is traditional itself", pair, r[1])
			}
			n++
		}
	}
	if n < 2000 {
		t.Errorf("%d pairs", n)
	}
}
