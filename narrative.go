package gongkai

// A Section is one of the six prescribed parts of a report (一 to 六).
type Section struct {
	Number  int    // 1 to 6
	Title   string // the heading as printed; empty if the section is absent
	Present bool
	Text    string // its prose, one paragraph a line, without the standard tables
	Order   int    // 1-based place among the headings found; 0 if absent
}

// A Fact is a figure that the prose states, with the sentence that states it.
type Fact struct {
	Section     int     // 1 to 6; 0 if the sentence stands outside the six sections
	Measure     string  // what is counted, an id of extract/facts, such as "received"
	Value       Decimal // exact, in Unit
	Unit        string  // "件", "条", "yuan", "wan", ...
	Approximate bool    // 余, 约, 近: not to be compared exactly
	Total       bool    // false if the sentence limits the figure to a part (其中, 自然人 …)
	Sentence    string  // as printed
}
