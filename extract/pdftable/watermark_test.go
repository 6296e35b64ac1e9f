package pdftable

import (
	"slices"
	"testing"
)

func TestWatermarkIsLeftOut(t *testing.T) {
	text := func(p *page) string {
		var runes []rune
		for _, g := range p.glyphs {
			runes = append(runes, g.r)
		}
		return string(runes)
	}
	for _, tt := range []struct {
		name, in        string
		slanted         []int
		text, watermark string
	}{
		{"none", "公开年度报告", nil, "公开年度报告", ""},
		{"two of ten", "公开内年度报告部数字", []int{2, 7}, "公开年度报告数字", "内部"},
		{"a page askew", "公开年度报告", []int{0, 1, 2, 3, 4}, "公开年度报告", ""},
	} {
		p := &page{}
		var angles []float64
		for i, r := range []rune(tt.in) {
			p.glyphs = append(p.glyphs, glyph{r: r})
			angle := 0.0
			if slices.Contains(tt.slanted, i) {
				angle = 0.6
			}
			angles = append(angles, angle)
		}
		angles = p.leaveOut(tt.slanted, angles)
		if text(p) != tt.text || p.watermark != tt.watermark || len(angles) != len(p.glyphs) {
			t.Errorf("%s: %q, watermark %q, %d angles; want %q, %q", tt.name, text(p), p.watermark, len(angles), tt.text, tt.watermark)
		}
	}
}
