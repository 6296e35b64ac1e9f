package linelog

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
)

var table = crc32.MakeTable(crc32.Castagnoli)

// The end of a sealed line: eight digits stand between the two.
const (
	sealOpen  = `,"crc":"`
	sealClose = `"}`
	sealSize  = len(sealOpen) + 8 + len(sealClose)
)

// errSum says that a line is not as it was written.
var errSum = errors.New("its checksum is wrong")

// Seal makes a line of a JSON object that has at least one field: it adds a
// field with the CRC-32C of all before it, and a line end.
func Seal(object []byte) []byte {
	body := object[:len(object)-1]
	b := append(make([]byte, 0, len(body)+sealSize+1), body...)
	return append(appendSeal(b, body), '\n')
}

// appendSeal adds the end of a sealed line that begins with body.
func appendSeal(b, body []byte) []byte {
	var sum [4]byte
	binary.BigEndian.PutUint32(sum[:], crc32.Checksum(body, table))
	return append(hex.AppendEncode(append(b, sealOpen...), sum[:]), sealClose...)
}

// Check reports whether a line, with or without its line end, is sealed, and
// returns an error if it is not as it was written. Of a line that is not sealed
// nothing can be said.
func Check(line []byte) (sealed bool, err error) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	if len(line) < sealSize {
		return false, nil
	}
	body, seal := line[:len(line)-sealSize], line[len(line)-sealSize:]
	var room [sealSize]byte
	if bytes.Equal(seal, appendSeal(room[:0], body)) {
		return true, nil
	}
	if like(seal) {
		return true, errSum
	}
	return false, nil
}

// like reports whether the end of a line was a seal, though up to two bytes of
// its fixed part are others now.
func like(seal []byte) bool {
	other := 0
	for i, c := range []byte(sealOpen) {
		if seal[i] != c {
			other++
		}
	}
	for i, c := range []byte(sealClose) {
		if seal[len(sealOpen)+8+i] != c {
			other++
		}
	}
	return other <= 2
}
