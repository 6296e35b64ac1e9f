//go:build !unix

package main

// outliveFileLimit does nothing: there is no limit on file size.
func outliveFileLimit() {}
