// Package octets reads bytes as they come off the wire: their content encoding and their
// charset. The transport, the archive and the readers of documents go by it, so that
// what was archived is read years later as it was when it came.
package octets
