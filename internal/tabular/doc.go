// Package tabular writes rows as CSV, tab-separated lines, JSON, Markdown,
// tables for people, xlsx and Parquet. Numbers are plain decimals from end to
// end and keep every digit; NULL stays apart from empty text; and control
// characters of a document reach neither a terminal nor an editor.
package tabular
