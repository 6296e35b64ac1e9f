package doctor

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// lowDisk is how many bytes should be free.
const lowDisk = 1 << 30

func examineDisk(dir string) Diagnosis {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return Diagnosis{"disk", Fail, err.Error()}
	}
	free := s.Bavail * uint64(s.Bsize)
	detail := fmt.Sprintf("%.1f GB free", float64(free)/1e9)
	if free < lowDisk {
		return Diagnosis{"disk", Fail, detail + ": make room, a load may not end"}
	}
	return Diagnosis{"disk", Good, detail}
}
