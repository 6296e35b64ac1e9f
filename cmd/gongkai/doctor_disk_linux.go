package main

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// lowDisk is how many bytes should be free.
const lowDisk = 1 << 30

func examineDisk(dir string) diagnosis {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return diagnosis{"disk", fail, err.Error()}
	}
	free := s.Bavail * uint64(s.Bsize)
	detail := fmt.Sprintf("%.1f GB free", float64(free)/1e9)
	if free < lowDisk {
		return diagnosis{"disk", fail, detail + ": make room, a load may not end"}
	}
	return diagnosis{"disk", good, detail}
}
