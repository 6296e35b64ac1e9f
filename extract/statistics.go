package extract

import "gongkai"

// statisticsLeast is the number of rows that prove a statistics form: single
// labels of it, such as 收到申请数, occur in other tables too.
const statisticsLeast = 8

// readStatistics finds and reads the statistics form of FY2014-2018. It
// returns nil if it is not there.
func readStatistics(rows []printedRow) *tableReading {
	all := formsWith("statistics")
	if len(all) == 0 {
		return nil
	}
	m := all[0]
	var candidates []*printedRow
	for i := range rows {
		if p := &rows[i]; len(p.labels) > 0 && statisticsValue(p) != nil {
			candidates = append(candidates, p)
		}
	}
	if len(candidates) < statisticsLeast {
		return nil
	}
	pairs, _ := align(len(candidates), len(m.rows), m.scorer(candidates), anchorScore)
	found := 0
	for _, j := range pairs {
		if j >= 0 {
			found++
		}
	}
	if found < statisticsLeast {
		return nil
	}
	t := newTableReading("statistics", m.form.ID)
	t.found, t.method = true, candidates[0].grid.Method
	for i, p := range candidates {
		if pairs[i] >= 0 {
			c := t.put(m.rows[pairs[i]].id, "value", statisticsValue(p))
			c.weak = c.weak || m.rows[pairs[i]].score(p) < 0.95
			t.readUnit(m, m.rows[pairs[i]].id, "value", c, p.text())
		} else if filled(p) {
			t.leftover(m, p, pairs, candidates)
		}
	}
	return t
}

// statisticsValue returns the one figure of a row: label, unit, figure. It
// returns nil if there are more or none.
func statisticsValue(p *printedRow) *item {
	var value *item
	tail := p.tail()
	for i := range tail {
		if tail[i].figure.State == gongkai.Text {
			continue // the unit: 条, 件
		}
		if value != nil {
			if tail[i].blank() {
				continue
			}
			if !value.blank() {
				return nil
			}
		}
		value = &tail[i]
	}
	return value
}
