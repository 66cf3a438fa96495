package projecttest

// Fingerprint gives the tests the digest by which a change of facts is seen.
var Fingerprint = fingerprint
