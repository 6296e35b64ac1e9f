package extract

import (
	"testing"

	"gongkai"
)

func TestReadFigure(t *testing.T) {
	for _, tt := range []struct {
		in    string
		state gongkai.State
		value string
		unit  string
		note  string
	}{
		{"0", gongkai.Number, "0", "", ""},
		{" 22 ", gongkai.Number, "22", "", ""},
		{"２２", gongkai.Number, "22", "", ""},
		{"1,234", gongkai.Number, "1234", "", ""},
		{"１，２３４．５", gongkai.Number, "1234.5", "", ""},
		{"12 345", gongkai.Number, "12345", "", ""},
		{"59237.2449", gongkai.Number, "59237.2449", "", ""},
		{"22（其中修订16件）", gongkai.Number, "22", "", "其中修订16件"},
		{"251000元", gongkai.Number, "251000", "yuan", ""},
		{"52.15万元", gongkai.Number, "52.15", "wan", ""},
		{"1.2万", gongkai.Number, "1.2", "wan", ""},
		{"3万件", gongkai.Number, "30000", "件", ""},
		{"减4", gongkai.Number, "-4", "", ""},
		{"-8", gongkai.Number, "-8", "", ""},
		{"－8", gongkai.Number, "-8", "", ""},
		{"+1036", gongkai.Number, "1036", "", ""},
		{"12件", gongkai.Number, "12", "件", ""},
		{"零", gongkai.Number, "0", "", ""},
		{"", gongkai.Blank, "", "", ""},
		{"　", gongkai.Blank, "", "", ""},
		{"\u00a0", gongkai.Blank, "", "", ""},
		{"\u200b", gongkai.Blank, "", "", ""},
		{"/", gongkai.Slash, "", "", ""},
		{"／", gongkai.Slash, "", "", ""},
		{"-", gongkai.Dash, "", "", ""},
		{"——", gongkai.Dash, "", "", ""},
		{"无", gongkai.NAText, "", "", ""},
		{"不适用", gongkai.NAText, "", "", ""},
		{"N/A", gongkai.NAText, "", "", ""},
		{"22①", gongkai.Number, "22", "", "①"},
		{"2²", gongkai.Number, "2", "", "²"},
		{"22[3]", gongkai.Number, "22", "", "3"},
		{"10₂", gongkai.Number, "10", "", "₂"},
		{"①22", gongkai.Text, "", "", ""},
		{"2\uFFFD", gongkai.Unreadable, "", "", ""},
		{"1,23", gongkai.Text, "", "", ""},
		{"1 2", gongkai.Text, "", "", ""},
		{"1.2.3", gongkai.Text, "", "", ""},
		{"约22", gongkai.Text, "", "", ""},
		{"22余", gongkai.Text, "", "", ""},
		{"3%", gongkai.Text, "", "", ""},
		{"1O", gongkai.Text, "", "", ""},
		{"99999999999999999999", gongkai.Text, "", "", ""},
		{"0.1234567", gongkai.Text, "", "", ""},
		{"999999999999亿", gongkai.Text, "", "", ""},
	} {
		got := readFigure(tt.in)
		if got.State != tt.state || got.Unit != tt.unit || got.Note != tt.note ||
			got.State == gongkai.Number && got.Value.String() != tt.value {
			t.Errorf("readFigure(%q) = %s %s unit %q note %q, want %s %s unit %q note %q",
				tt.in, got.State, got.Value, got.Unit, got.Note, tt.state, tt.value, tt.unit, tt.note)
		}
	}
}

func TestReadLabel(t *testing.T) {
	for _, tt := range []struct{ in, text, ordinal string }{
		{"一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量", "一"},
		{"（一）予以公开", "予以公开", "(一)"},
		{"1.属于国家秘密", "属于国家秘密", "1"},
		{"１、属于国家秘密", "属于国家秘密", "1"},
		{"①属于国家秘密", "属于国家秘密", "1"},
		{"5属于三类内部事务信息", "属于三类内部事务信息", "5"},
		{"3.危及“三安全一稳定”", "危及三安全一稳定", "3"},
		{"（七）总 计", "总计", "(七)"},
		{"第二十条  第(一)项", "第二十条第一项", ""},
		{"七、總計", "总计", "七"},
		{"三安全一稳定", "三安全一稳定", ""},
	} {
		if got := readLabel(tt.in); got.text != tt.text || got.ordinal != tt.ordinal {
			t.Errorf("readLabel(%q) = %q, ordinal %q; want %q, %q", tt.in, got.text, got.ordinal, tt.text, tt.ordinal)
		}
	}
}

func TestAlign(t *testing.T) {
	scores := [][]float64{
		{0.9, 0, 0},
		{0.9, 0.6, 0},
		{0, 0, 0},
		{0, 0.8, 0.7},
	}
	pairs, sum := align(4, 3, func(i, j int) float64 { return scores[i][j] }, 0.5)
	want := []int{0, 1, -1, 2}
	for i := range want {
		if pairs[i] != want[i] {
			t.Fatalf("align = %v, want %v", pairs, want)
		}
	}
	if sum < 2.19 || sum > 2.21 {
		t.Errorf("sum = %v, want 2.2", sum)
	}
}

func TestForms(t *testing.T) {
	want := map[string]int{"2021": 200, "2019": 198, "2014": 58}
	for _, f := range Forms() {
		if got := f.Size(); got != want[f.ID] {
			t.Errorf("form %s has %d cells, want %d", f.ID, got, want[f.ID])
		}
		delete(want, f.ID)
	}
	if len(want) > 0 {
		t.Errorf("forms missing: %v", want)
	}
}
