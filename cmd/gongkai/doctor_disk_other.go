//go:build !linux

package main

func examineDisk(string) diagnosis {
	return diagnosis{"disk", note, "free space is not measured on this system"}
}
