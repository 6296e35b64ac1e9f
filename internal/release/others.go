package release

import (
	"slices"

	"gongkai/analysis"
)

// An otherDocument is one beside that of the report in which the figures of a
// finding stand: a report that it was compared with, or a further page of its own.
type otherDocument struct {
	Own            bool
	Agency         string
	Year           int // 0 if unknown
	Name, Document string
	Pages          []int // on which the figures stand, as far as the document has pages
}

// otherDocuments lists them: whoever is told of a fault must be able to look
// up both sides.
func otherDocuments(f analysis.Finding) []otherDocument {
	var list []otherDocument
	at := func(o otherDocument) *otherDocument {
		i := slices.IndexFunc(list, func(x otherDocument) bool { return x.Document == o.Document })
		if i < 0 {
			i = len(list)
			list = append(list, o)
		}
		return &list[i]
	}
	if f.OtherReportID != 0 && f.OtherDocument != f.Document {
		at(otherDocument{Agency: f.OtherAgency, Year: f.OtherYear, Name: f.OtherName, Document: f.OtherDocument})
	}
	for i := range f.Operands {
		op := &f.Operands[i]
		if op.Document == f.Document {
			continue
		}
		o := otherDocument{Own: op.ReportID == f.ReportID, Agency: op.Agency, Name: op.Name, Document: op.Document}
		if op.ReportID == f.OtherReportID {
			o.Year = f.OtherYear
		}
		if o := at(o); op.Page > 0 && !slices.Contains(o.Pages, op.Page) {
			o.Pages = append(o.Pages, op.Page)
		}
	}
	return list
}

// besideText says of a cell in which of the other documents it stands.
func besideText(f analysis.Finding, op analysis.Operand) string {
	switch {
	case op.Document == f.Document:
		return ""
	case op.ReportID == f.ReportID:
		return "本报告的另一页，"
	case op.Agency == f.Agency:
		return "对照文件，"
	}
	return op.Agency + "的报告，"
}
