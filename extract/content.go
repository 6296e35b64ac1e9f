package extract

import "gongkai"

// Content is a document as a reader sees it: paragraphs and tables in the
// order of the document. Readers (htmltable, pdftable, docxtable, texttable)
// make it and know nothing of its meaning.
type Content struct {
	Reader string            // "html", "pdf", "docx", "text", "ocr"
	Title  string            // the document's own title (HTML <title>, DOCX core property); may be empty
	Meta   map[string]string // metadata as printed: ArticleTitle, PubDate, ContentSource, SiteName, ColumnName, …
	Blocks []Block
	Issues []gongkai.Issue // what the reader found odd
	// Pictures are the pages that are pictures and were not read, with or
	// without a text layer.
	Pictures []int
}

// A Block is one paragraph or one table.
type Block struct {
	Text  string // the paragraph, white space folded, never with line breaks; empty if Grid is set
	Level int    // heading level 1-6 where the format marks one; else 0
	Grid  *Grid
	Place gongkai.Place
	// Pictures is the number of pictures behind the block, before the next, that
	// may show a page or a table.
	Pictures int
}

// A Grid is a table with every merged cell spelled out: Rows[r][c] is what a
// reader sees at that place. All rows have the same length.
type Grid struct {
	Method string // how it was read: "html", "docx", "text", "lattice", "stream", "ocr"
	Rows   [][]GridCell
}

// A GridCell is one place of a Grid. The places covered by one merged cell
// hold copies of it with the same Row and Column.
type GridCell struct {
	Text        string // white space folded to single spaces, line breaks to spaces, trimmed
	Row, Column int    // 0-based position of the top left corner of the (merged) cell in the grid
	Place       gongkai.Place
	// Second is the text of the same cell by an independent reading of the
	// same bytes. Confirmed says whether such a reading was made at all.
	Second    string
	Confirmed bool
	// Uncertain is set by a reader that knows this text may be wrong (OCR, a
	// font without a map, a box on a line): the cell is never verified by
	// agreement alone.
	Uncertain bool
	// Unfinished is set by a reader where the document itself does not hold
	// what is shown (a script fills the table): nothing verifies the cell.
	Unfinished bool
	// Why is set by a reader that saw something which takes every proof from
	// this text, such as characters struck out: what it saw, in words.
	Why string
	// Source says where the text is from if no one printed it as text: "ocr" if
	// the reader recognised it in a picture, "layer" if the file lays it with a
	// picture of the page, which nothing here has compared it with.
	Source string
}
