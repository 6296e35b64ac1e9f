// Package synthetic makes reports with consistent random figures, for tests of
// scale. The same seed gives the same reports. A known share of them has one
// planted error each.
package synthetic
