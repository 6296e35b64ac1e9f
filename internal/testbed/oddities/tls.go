package oddities

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"time"
)

// A Flaw is what is wrong with the TLS of a site.
type Flaw string

// The flaws. Certificates are an authority's that the client trusts, but for
// those that sign themselves.
const (
	Sound       Flaw = ""
	Expired     Flaw = "expired"
	SelfSigned  Flaw = "self-signed"
	OtherName   Flaw = "another host's name"
	TLS10       Flaw = "TLS 1.0 only"
	RSAExchange Flaw = "RSA key exchange only"
	TripleDES   Flaw = "3DES only"
)

// certify makes the configuration of a server with the flaw, and the
// authorities to trust.
func certify(f Flaw, host string, now time.Time) (*tls.Config, *x509.CertPool, error) {
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "an authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(1, 0, 0), KeyUsage: x509.KeyUsageCertSign,
	}
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("make a key: %w", err)
	}
	signed, err := x509.CreateCertificate(rand.Reader, authority, authority, &authorityKey.PublicKey, authorityKey)
	if err != nil {
		return nil, nil, fmt.Errorf("make an authority: %w", err)
	}
	if authority, err = x509.ParseCertificate(signed); err != nil {
		return nil, nil, fmt.Errorf("make an authority: %w", err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(authority)

	own := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: now.AddDate(0, -2, 0), NotAfter: now.AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	var key crypto.Signer
	if f == RSAExchange || f == TripleDES {
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	} else {
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("make a key: %w", err)
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	parent, parentKey := authority, crypto.Signer(authorityKey)
	switch f {
	case Sound:
	case Expired:
		own.NotAfter = now.AddDate(0, -1, 0)
	case SelfSigned:
		parent, parentKey = own, key
	case OtherName:
		own.DNSNames = []string{"www.another.example"}
	case TLS10:
		c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10
	case RSAExchange:
		c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA}
	case TripleDES:
		c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA}
	}
	der, err := x509.CreateCertificate(rand.Reader, own, parent, key.Public(), parentKey)
	if err != nil {
		return nil, nil, fmt.Errorf("make a certificate: %w", err)
	}
	c.Certificates = []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}
	return c, roots, nil
}
