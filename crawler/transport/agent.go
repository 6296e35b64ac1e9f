package transport

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"
)

// Agent returns the User-Agent with an address that sites can write to: one of
// mail, or of a web page.
func Agent(contact string) (string, error) {
	if contact == "" {
		return UserAgent, nil
	}
	m, err := mail.ParseAddress(contact)
	ok := err == nil && m.Address == contact && isASCII(contact)
	if u, err := url.Parse(contact); err == nil && !ok {
		ok = (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && isASCII(contact)
	}
	if !ok {
		return "", fmt.Errorf("%q is no address to write to: such as mail@example.org or https://example.org/about", contact)
	}
	return UserAgent + " +" + contact, nil
}

// isASCII reports whether text has printed ASCII only, and no space.
func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}
