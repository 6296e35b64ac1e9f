package htmltable

import (
	"strings"

	"golang.org/x/net/html"
)

// headings are the words of the six prescribed section headings.
var headings = [...]string{"总体情况", "主动公开政府信息", "收到和处理", "行政复议", "主要问题", "其他需要报告"}

// marks reports whether a piece belongs to a report beyond doubt.
func (p *piece) marks() bool {
	if p.Grid != nil {
		return p.labels > 1
	}
	if p.linked {
		return false
	}
	t := p.Text
	if len(t) > 150 {
		t = t[:150]
	}
	for _, h := range headings {
		if strings.Contains(t, h) {
			return true
		}
	}
	return false
}

// choose returns the pieces of the part of the page that holds the report and
// that part's element: the smallest element around all section headings and
// standard tables, and as much around it as is not navigation. Tables of a
// form or of metadata are kept wherever they stand, and so is a title before
// the report. A page without headings and standard tables is kept whole.
func choose(pieces []piece, body *html.Node) ([]piece, *html.Node) {
	var chain []*html.Node        // from the first mark up to the root
	index := map[*html.Node]int{} // of the elements of chain
	least := 0                    // index of the smallest element around all marks
	for i := range pieces {
		if !pieces[i].marks() {
			continue
		}
		if chain == nil {
			for n := pieces[i].at; n != nil; n = n.Parent {
				index[n] = len(chain)
				chain = append(chain, n)
			}
		}
		least = max(least, meet(pieces[i].at, index))
	}
	if chain == nil {
		return pieces, body
	}
	joins := make([]int, len(pieces)) // where in the chain each piece joins
	text, links := make([]int, len(chain)), make([]int, len(chain))
	for i := range pieces {
		p := &pieces[i]
		joins[i] = meet(p.at, index)
		if p.linked {
			links[joins[i]] += p.runes
		} else {
			text[joins[i]] += p.runes
		}
	}
	part := least
	for part+1 < len(chain) && links[part+1] <= text[part+1] && text[part+1] <= 400 {
		part++
	}
	var kept []piece
	inside := false
	for i := range pieces {
		p := &pieces[i]
		in := joins[i] <= part
		inside = inside || in
		title := p.Level > 0 && !inside && (strings.Contains(p.Text, "年报") || strings.Contains(p.Text, "年度报告"))
		if in || p.labels > 1 || p.labels > 0 && p.figures || p.record || title {
			kept = append(kept, *p)
		}
	}
	return kept, chain[part]
}

// meet returns the index of the innermost element around n that index knows.
func meet(n *html.Node, index map[*html.Node]int) int {
	for ; n != nil; n = n.Parent {
		if i, ok := index[n]; ok {
			return i
		}
	}
	return len(index) - 1
}
