package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongkai"
)

// A foreignColumn is a column of a standard table that no form has and that
// says so in its header: a serial number, a remark, a figure of the year before.
type foreignColumn struct {
	name  string // as printed
	place gongkai.Place
}

var (
	remarkPattern   = regexp.MustCompile(`^(?:备注|备考|附注|说明|情况说明|备注说明|注|序号|编号|项次|序次|行次|行号)$`)
	earlierPattern  = regexp.MustCompile(`^(?:(?:上年|他年)(?:全年)?(?:同期|总计|合计|总数|数据|数量|件数|数|情况|同期数|同期总计)|同期(?:总计|合计|数据?)|(?:比|较|同比)(?:上年)?(?:同期)?(?:增减|增长|增幅|变化|变动)(?:情况|数|率|量|幅度)?|同比)$`)
	lastPattern     = regexp.MustCompile(`^(?:上年|他年)$`)
	bracketEnd      = regexp.MustCompile(`\(([^()]+)\)$`)
	yearHeadPattern = regexp.MustCompile(`^(?:19|20)\d\d年度?(?:全年)?(?:总计|合计|总数|数据|数量|件数|数|情况)?$`)
)

// foreignColumns returns for each column of a grid what it is if it is foreign;
// nil if none is. A column is foreign from its header down; cells that cover
// other columns too do not make it so. year is that of the report.
func foreignColumns(g *Grid, year int) []*foreignColumn {
	var columns []*foreignColumn
	for r, row := range g.Rows {
		last := paired(row, year)
		for c := range row {
			cell := &row[c]
			if cell.Row != r || cell.Column != c || len(cell.Text) > 40 || cell.Text == "" || !isForeign(cell.Text, year) && !(last && isLast(cell.Text, year)) {
				continue
			}
			if columns == nil {
				columns = make([]*foreignColumn, len(row))
			}
			f := &foreignColumn{name: cell.Text, place: cell.Place}
			for at := c; at < len(row) && row[at].Row == r && row[at].Column == c; at++ {
				columns[at] = f
			}
		}
	}
	if columns != nil && (!slices.Contains(columns, nil) || !headed(g, columns)) {
		return nil
	}
	return columns
}

// isForeign reports whether the header of a column names something that no
// form has.
func isForeign(text string, year int) bool {
	if !strings.ContainsAny(text, "注註考说說号號次年同比较較") {
		return false
	}
	s := simplify(strings.ReplaceAll(foldText(text), " ", ""))
	if m := bracketEnd.FindStringSubmatch(s); m != nil && !remarkPattern.MatchString(m[1]) && (isForeign(m[1], year) || isLast(m[1], year)) {
		return true // 自然人（上年）
	}
	s = lettersOnly(s)
	if remarkPattern.MatchString(s) {
		return true
	}
	if yearHeadPattern.MatchString(s) {
		return year > 0 && !strings.HasPrefix(s, strconv.Itoa(year)) && s < strconv.Itoa(year)
	}
	return earlierPattern.MatchString(relativeYears.Replace(relateYears(s, year)))
}

// isLast reports whether the header of a column says 上年 and no more.
func isLast(text string, year int) bool {
	if len(text) > 20 || !strings.Contains(text, "年") {
		return false
	}
	s := lettersOnly(simplify(strings.ReplaceAll(foldText(text), " ", "")))
	return lastPattern.MatchString(relativeYears.Replace(relateYears(s, year)))
}

// paired reports whether a row of a header prints 上年 more than once, as one
// does that pairs the years under each applicant. Once it may be what is left of
// 上一年项目数量.
func paired(row []GridCell, year int) bool {
	n := 0
	for c := range row {
		if cell := &row[c]; (c == 0 || row[c-1].Column != cell.Column) && isLast(cell.Text, year) {
			n++
		}
	}
	return n > 1
}

// headed reports whether the names of foreign columns stand in headers: no
// figure stands in their row, and no label of a form in their column.
func headed(g *Grid, columns []*foreignColumn) bool {
	for r, row := range g.Rows {
		for c := range row {
			cell := &row[c]
			switch {
			case columns[c] == nil || cell.Row != r || cell.Column != c || cell.Text == "":
			case cell.Text == columns[c].name:
				if hasNumber(row) {
					return false
				}
			case len(cell.Text) < 200 && wordy(cell.Text) && inUse().words[readLabel(cell.Text).text] && alone(row, c, columns):
				return false
			}
		}
	}
	return true
}

// alone reports whether the cell at column c covers foreign columns only.
func alone(row []GridCell, c int, columns []*foreignColumn) bool {
	end := c + 1
	for end < len(row) && row[end].Row == row[c].Row && row[end].Column == row[c].Column {
		end++
	}
	return within(columns, c, end) != nil
}

// within returns the foreign column that a cell over columns [from, to) stands
// in; nil if it also covers one that is not.
func within(columns []*foreignColumn, from, to int) *foreignColumn {
	for c := from; c < to; c++ {
		if columns == nil || columns[c] == nil {
			return nil
		}
	}
	return columns[from]
}

// foreignIssues names the columns that were left out of the tables read.
func foreignIssues(rows []printedRow) []gongkai.Issue {
	var issues []gongkai.Issue
	var last *Grid
	for i := range rows {
		if rows[i].grid == last || rows[i].foreign == nil {
			continue
		}
		last = rows[i].grid
		var before *foreignColumn
		for _, f := range rows[i].foreign {
			if f != nil && f != before {
				issues = append(issues, gongkai.Issue{
					Code: gongkai.IssueExtraColumn, Place: f.place, Detail: fmt.Sprintf("the column %q is not of the form and was left out", f.name),
				})
			}
			before = f
		}
	}
	return issues
}
