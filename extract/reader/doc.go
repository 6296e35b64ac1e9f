// Package reader reads a document of any kind into paragraphs and grids. It
// tells the kind by the bytes, never by the name or the declared type: a
// ".pdf" may be an error page and a ".doc" a web page.
//
// # Files
//
//	reader.go  Reader: dispatch, limits, panics
//	pages.go   reports that are split over several documents
//	sniff.go   what the bytes are
//	mhtml.go   web pages saved as one file
package reader
