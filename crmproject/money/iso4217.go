package money

// The built-in currencies: every code of ISO 4217 list one that has a minor unit, as of amendment 180 (in force since
// 2026-01-01), funds codes included, and five that left the list since 2023, so that the figures of a running project
// still read. Codes without a minor unit (XAU, XDR, XXX and the like) are not among them; define them with
// [NewCurrency] where needed.
//
// A code stays here for good and keeps its exponent, whatever becomes of it in the standard: a text once written can
// always be read. The last number of each line is the exponent; see [Currency] for the packing.
const (
	AED Currency = 'A'<<24 + 'E'<<16 + 'D'<<8 + 2 // United Arab Emirates dirham
	AFN Currency = 'A'<<24 + 'F'<<16 + 'N'<<8 + 2 // Afghani
	ALL Currency = 'A'<<24 + 'L'<<16 + 'L'<<8 + 2 // Albanian lek
	AMD Currency = 'A'<<24 + 'M'<<16 + 'D'<<8 + 2 // Armenian dram
	ANG Currency = 'A'<<24 + 'N'<<16 + 'G'<<8 + 2 // Netherlands Antillean guilder, until March 2025
	AOA Currency = 'A'<<24 + 'O'<<16 + 'A'<<8 + 2 // Angolan kwanza
	ARS Currency = 'A'<<24 + 'R'<<16 + 'S'<<8 + 2 // Argentine peso
	AUD Currency = 'A'<<24 + 'U'<<16 + 'D'<<8 + 2 // Australian dollar
	AWG Currency = 'A'<<24 + 'W'<<16 + 'G'<<8 + 2 // Aruban florin
	AZN Currency = 'A'<<24 + 'Z'<<16 + 'N'<<8 + 2 // Azerbaijan manat
	BAM Currency = 'B'<<24 + 'A'<<16 + 'M'<<8 + 2 // Bosnian convertible mark
	BBD Currency = 'B'<<24 + 'B'<<16 + 'D'<<8 + 2 // Barbados dollar
	BDT Currency = 'B'<<24 + 'D'<<16 + 'T'<<8 + 2 // Bangladeshi taka
	BGN Currency = 'B'<<24 + 'G'<<16 + 'N'<<8 + 2 // Bulgarian lev, until January 2026
	BHD Currency = 'B'<<24 + 'H'<<16 + 'D'<<8 + 3 // Bahraini dinar
	BIF Currency = 'B'<<24 + 'I'<<16 + 'F'<<8 + 0 // Burundi franc
	BMD Currency = 'B'<<24 + 'M'<<16 + 'D'<<8 + 2 // Bermudian dollar
	BND Currency = 'B'<<24 + 'N'<<16 + 'D'<<8 + 2 // Brunei dollar
	BOB Currency = 'B'<<24 + 'O'<<16 + 'B'<<8 + 2 // Boliviano
	BOV Currency = 'B'<<24 + 'O'<<16 + 'V'<<8 + 2 // Bolivian Mvdol (fund)
	BRL Currency = 'B'<<24 + 'R'<<16 + 'L'<<8 + 2 // Brazilian real
	BSD Currency = 'B'<<24 + 'S'<<16 + 'D'<<8 + 2 // Bahamian dollar
	BTN Currency = 'B'<<24 + 'T'<<16 + 'N'<<8 + 2 // Bhutanese ngultrum
	BWP Currency = 'B'<<24 + 'W'<<16 + 'P'<<8 + 2 // Botswana pula
	BYN Currency = 'B'<<24 + 'Y'<<16 + 'N'<<8 + 2 // Belarusian rouble
	BZD Currency = 'B'<<24 + 'Z'<<16 + 'D'<<8 + 2 // Belize dollar
	CAD Currency = 'C'<<24 + 'A'<<16 + 'D'<<8 + 2 // Canadian dollar
	CDF Currency = 'C'<<24 + 'D'<<16 + 'F'<<8 + 2 // Congolese franc
	CHE Currency = 'C'<<24 + 'H'<<16 + 'E'<<8 + 2 // WIR euro (fund)
	CHF Currency = 'C'<<24 + 'H'<<16 + 'F'<<8 + 2 // Swiss franc
	CHW Currency = 'C'<<24 + 'H'<<16 + 'W'<<8 + 2 // WIR franc (fund)
	CLF Currency = 'C'<<24 + 'L'<<16 + 'F'<<8 + 4 // Chilean unit of account (fund)
	CLP Currency = 'C'<<24 + 'L'<<16 + 'P'<<8 + 0 // Chilean peso
	CNY Currency = 'C'<<24 + 'N'<<16 + 'Y'<<8 + 2 // Chinese yuan
	COP Currency = 'C'<<24 + 'O'<<16 + 'P'<<8 + 2 // Colombian peso
	COU Currency = 'C'<<24 + 'O'<<16 + 'U'<<8 + 2 // Colombian unit of real value (fund)
	CRC Currency = 'C'<<24 + 'R'<<16 + 'C'<<8 + 2 // Costa Rican colón
	CUP Currency = 'C'<<24 + 'U'<<16 + 'P'<<8 + 2 // Cuban peso
	CVE Currency = 'C'<<24 + 'V'<<16 + 'E'<<8 + 2 // Cabo Verde escudo
	CZK Currency = 'C'<<24 + 'Z'<<16 + 'K'<<8 + 2 // Czech koruna
	DJF Currency = 'D'<<24 + 'J'<<16 + 'F'<<8 + 0 // Djibouti franc
	DKK Currency = 'D'<<24 + 'K'<<16 + 'K'<<8 + 2 // Danish krone
	DOP Currency = 'D'<<24 + 'O'<<16 + 'P'<<8 + 2 // Dominican peso
	DZD Currency = 'D'<<24 + 'Z'<<16 + 'D'<<8 + 2 // Algerian dinar
	EGP Currency = 'E'<<24 + 'G'<<16 + 'P'<<8 + 2 // Egyptian pound
	ERN Currency = 'E'<<24 + 'R'<<16 + 'N'<<8 + 2 // Eritrean nakfa
	ETB Currency = 'E'<<24 + 'T'<<16 + 'B'<<8 + 2 // Ethiopian birr
	EUR Currency = 'E'<<24 + 'U'<<16 + 'R'<<8 + 2 // Euro
	FJD Currency = 'F'<<24 + 'J'<<16 + 'D'<<8 + 2 // Fiji dollar
	FKP Currency = 'F'<<24 + 'K'<<16 + 'P'<<8 + 2 // Falkland Islands pound
	GBP Currency = 'G'<<24 + 'B'<<16 + 'P'<<8 + 2 // Pound sterling
	GEL Currency = 'G'<<24 + 'E'<<16 + 'L'<<8 + 2 // Georgian lari
	GHS Currency = 'G'<<24 + 'H'<<16 + 'S'<<8 + 2 // Ghana cedi
	GIP Currency = 'G'<<24 + 'I'<<16 + 'P'<<8 + 2 // Gibraltar pound
	GMD Currency = 'G'<<24 + 'M'<<16 + 'D'<<8 + 2 // Gambian dalasi
	GNF Currency = 'G'<<24 + 'N'<<16 + 'F'<<8 + 0 // Guinean franc
	GTQ Currency = 'G'<<24 + 'T'<<16 + 'Q'<<8 + 2 // Guatemalan quetzal
	GYD Currency = 'G'<<24 + 'Y'<<16 + 'D'<<8 + 2 // Guyana dollar
	HKD Currency = 'H'<<24 + 'K'<<16 + 'D'<<8 + 2 // Hong Kong dollar
	HNL Currency = 'H'<<24 + 'N'<<16 + 'L'<<8 + 2 // Honduran lempira
	HRK Currency = 'H'<<24 + 'R'<<16 + 'K'<<8 + 2 // Croatian kuna, until January 2023
	HTG Currency = 'H'<<24 + 'T'<<16 + 'G'<<8 + 2 // Haitian gourde
	HUF Currency = 'H'<<24 + 'U'<<16 + 'F'<<8 + 2 // Hungarian forint
	IDR Currency = 'I'<<24 + 'D'<<16 + 'R'<<8 + 2 // Indonesian rupiah
	ILS Currency = 'I'<<24 + 'L'<<16 + 'S'<<8 + 2 // New Israeli shekel
	INR Currency = 'I'<<24 + 'N'<<16 + 'R'<<8 + 2 // Indian rupee
	IQD Currency = 'I'<<24 + 'Q'<<16 + 'D'<<8 + 3 // Iraqi dinar
	IRR Currency = 'I'<<24 + 'R'<<16 + 'R'<<8 + 2 // Iranian rial
	ISK Currency = 'I'<<24 + 'S'<<16 + 'K'<<8 + 0 // Icelandic króna
	JMD Currency = 'J'<<24 + 'M'<<16 + 'D'<<8 + 2 // Jamaican dollar
	JOD Currency = 'J'<<24 + 'O'<<16 + 'D'<<8 + 3 // Jordanian dinar
	JPY Currency = 'J'<<24 + 'P'<<16 + 'Y'<<8 + 0 // Japanese yen
	KES Currency = 'K'<<24 + 'E'<<16 + 'S'<<8 + 2 // Kenyan shilling
	KGS Currency = 'K'<<24 + 'G'<<16 + 'S'<<8 + 2 // Kyrgyzstani som
	KHR Currency = 'K'<<24 + 'H'<<16 + 'R'<<8 + 2 // Cambodian riel
	KMF Currency = 'K'<<24 + 'M'<<16 + 'F'<<8 + 0 // Comorian franc
	KPW Currency = 'K'<<24 + 'P'<<16 + 'W'<<8 + 2 // North Korean won
	KRW Currency = 'K'<<24 + 'R'<<16 + 'W'<<8 + 0 // South Korean won
	KWD Currency = 'K'<<24 + 'W'<<16 + 'D'<<8 + 3 // Kuwaiti dinar
	KYD Currency = 'K'<<24 + 'Y'<<16 + 'D'<<8 + 2 // Cayman Islands dollar
	KZT Currency = 'K'<<24 + 'Z'<<16 + 'T'<<8 + 2 // Kazakhstani tenge
	LAK Currency = 'L'<<24 + 'A'<<16 + 'K'<<8 + 2 // Lao kip
	LBP Currency = 'L'<<24 + 'B'<<16 + 'P'<<8 + 2 // Lebanese pound
	LKR Currency = 'L'<<24 + 'K'<<16 + 'R'<<8 + 2 // Sri Lanka rupee
	LRD Currency = 'L'<<24 + 'R'<<16 + 'D'<<8 + 2 // Liberian dollar
	LSL Currency = 'L'<<24 + 'S'<<16 + 'L'<<8 + 2 // Lesotho loti
	LYD Currency = 'L'<<24 + 'Y'<<16 + 'D'<<8 + 3 // Libyan dinar
	MAD Currency = 'M'<<24 + 'A'<<16 + 'D'<<8 + 2 // Moroccan dirham
	MDL Currency = 'M'<<24 + 'D'<<16 + 'L'<<8 + 2 // Moldovan leu
	MGA Currency = 'M'<<24 + 'G'<<16 + 'A'<<8 + 2 // Malagasy ariary
	MKD Currency = 'M'<<24 + 'K'<<16 + 'D'<<8 + 2 // Macedonian denar
	MMK Currency = 'M'<<24 + 'M'<<16 + 'K'<<8 + 2 // Myanmar kyat
	MNT Currency = 'M'<<24 + 'N'<<16 + 'T'<<8 + 2 // Mongolian tugrik
	MOP Currency = 'M'<<24 + 'O'<<16 + 'P'<<8 + 2 // Macao pataca
	MRU Currency = 'M'<<24 + 'R'<<16 + 'U'<<8 + 2 // Mauritanian ouguiya
	MUR Currency = 'M'<<24 + 'U'<<16 + 'R'<<8 + 2 // Mauritius rupee
	MVR Currency = 'M'<<24 + 'V'<<16 + 'R'<<8 + 2 // Maldivian rufiyaa
	MWK Currency = 'M'<<24 + 'W'<<16 + 'K'<<8 + 2 // Malawi kwacha
	MXN Currency = 'M'<<24 + 'X'<<16 + 'N'<<8 + 2 // Mexican peso
	MXV Currency = 'M'<<24 + 'X'<<16 + 'V'<<8 + 2 // Mexican investment unit (fund)
	MYR Currency = 'M'<<24 + 'Y'<<16 + 'R'<<8 + 2 // Malaysian ringgit
	MZN Currency = 'M'<<24 + 'Z'<<16 + 'N'<<8 + 2 // Mozambique metical
	NAD Currency = 'N'<<24 + 'A'<<16 + 'D'<<8 + 2 // Namibia dollar
	NGN Currency = 'N'<<24 + 'G'<<16 + 'N'<<8 + 2 // Nigerian naira
	NIO Currency = 'N'<<24 + 'I'<<16 + 'O'<<8 + 2 // Nicaraguan córdoba
	NOK Currency = 'N'<<24 + 'O'<<16 + 'K'<<8 + 2 // Norwegian krone
	NPR Currency = 'N'<<24 + 'P'<<16 + 'R'<<8 + 2 // Nepalese rupee
	NZD Currency = 'N'<<24 + 'Z'<<16 + 'D'<<8 + 2 // New Zealand dollar
	OMR Currency = 'O'<<24 + 'M'<<16 + 'R'<<8 + 3 // Omani rial
	PAB Currency = 'P'<<24 + 'A'<<16 + 'B'<<8 + 2 // Panamanian balboa
	PEN Currency = 'P'<<24 + 'E'<<16 + 'N'<<8 + 2 // Peruvian sol
	PGK Currency = 'P'<<24 + 'G'<<16 + 'K'<<8 + 2 // Papua New Guinean kina
	PHP Currency = 'P'<<24 + 'H'<<16 + 'P'<<8 + 2 // Philippine peso
	PKR Currency = 'P'<<24 + 'K'<<16 + 'R'<<8 + 2 // Pakistan rupee
	PLN Currency = 'P'<<24 + 'L'<<16 + 'N'<<8 + 2 // Polish zloty
	PYG Currency = 'P'<<24 + 'Y'<<16 + 'G'<<8 + 0 // Paraguayan guaraní
	QAR Currency = 'Q'<<24 + 'A'<<16 + 'R'<<8 + 2 // Qatari rial
	RON Currency = 'R'<<24 + 'O'<<16 + 'N'<<8 + 2 // Romanian leu
	RSD Currency = 'R'<<24 + 'S'<<16 + 'D'<<8 + 2 // Serbian dinar
	RUB Currency = 'R'<<24 + 'U'<<16 + 'B'<<8 + 2 // Russian rouble
	RWF Currency = 'R'<<24 + 'W'<<16 + 'F'<<8 + 0 // Rwanda franc
	SAR Currency = 'S'<<24 + 'A'<<16 + 'R'<<8 + 2 // Saudi riyal
	SBD Currency = 'S'<<24 + 'B'<<16 + 'D'<<8 + 2 // Solomon Islands dollar
	SCR Currency = 'S'<<24 + 'C'<<16 + 'R'<<8 + 2 // Seychelles rupee
	SDG Currency = 'S'<<24 + 'D'<<16 + 'G'<<8 + 2 // Sudanese pound
	SEK Currency = 'S'<<24 + 'E'<<16 + 'K'<<8 + 2 // Swedish krona
	SGD Currency = 'S'<<24 + 'G'<<16 + 'D'<<8 + 2 // Singapore dollar
	SHP Currency = 'S'<<24 + 'H'<<16 + 'P'<<8 + 2 // Saint Helena pound
	SLE Currency = 'S'<<24 + 'L'<<16 + 'E'<<8 + 2 // Sierra Leonean leone
	SLL Currency = 'S'<<24 + 'L'<<16 + 'L'<<8 + 2 // Sierra Leonean leone before redenomination, until December 2023
	SOS Currency = 'S'<<24 + 'O'<<16 + 'S'<<8 + 2 // Somali shilling
	SRD Currency = 'S'<<24 + 'R'<<16 + 'D'<<8 + 2 // Suriname dollar
	SSP Currency = 'S'<<24 + 'S'<<16 + 'P'<<8 + 2 // South Sudanese pound
	STN Currency = 'S'<<24 + 'T'<<16 + 'N'<<8 + 2 // São Tomé and Príncipe dobra
	SVC Currency = 'S'<<24 + 'V'<<16 + 'C'<<8 + 2 // Salvadoran colón
	SYP Currency = 'S'<<24 + 'Y'<<16 + 'P'<<8 + 2 // Syrian pound
	SZL Currency = 'S'<<24 + 'Z'<<16 + 'L'<<8 + 2 // Eswatini lilangeni
	THB Currency = 'T'<<24 + 'H'<<16 + 'B'<<8 + 2 // Thai baht
	TJS Currency = 'T'<<24 + 'J'<<16 + 'S'<<8 + 2 // Tajikistani somoni
	TMT Currency = 'T'<<24 + 'M'<<16 + 'T'<<8 + 2 // Turkmenistan manat
	TND Currency = 'T'<<24 + 'N'<<16 + 'D'<<8 + 3 // Tunisian dinar
	TOP Currency = 'T'<<24 + 'O'<<16 + 'P'<<8 + 2 // Tongan paʻanga
	TRY Currency = 'T'<<24 + 'R'<<16 + 'Y'<<8 + 2 // Turkish lira
	TTD Currency = 'T'<<24 + 'T'<<16 + 'D'<<8 + 2 // Trinidad and Tobago dollar
	TWD Currency = 'T'<<24 + 'W'<<16 + 'D'<<8 + 2 // New Taiwan dollar
	TZS Currency = 'T'<<24 + 'Z'<<16 + 'S'<<8 + 2 // Tanzanian shilling
	UAH Currency = 'U'<<24 + 'A'<<16 + 'H'<<8 + 2 // Ukrainian hryvnia
	UGX Currency = 'U'<<24 + 'G'<<16 + 'X'<<8 + 0 // Uganda shilling
	USD Currency = 'U'<<24 + 'S'<<16 + 'D'<<8 + 2 // United States dollar
	USN Currency = 'U'<<24 + 'S'<<16 + 'N'<<8 + 2 // United States dollar, next day (fund)
	UYI Currency = 'U'<<24 + 'Y'<<16 + 'I'<<8 + 0 // Uruguayan peso in indexed units (fund)
	UYU Currency = 'U'<<24 + 'Y'<<16 + 'U'<<8 + 2 // Uruguayan peso
	UYW Currency = 'U'<<24 + 'Y'<<16 + 'W'<<8 + 4 // Uruguayan nominal wage index unit
	UZS Currency = 'U'<<24 + 'Z'<<16 + 'S'<<8 + 2 // Uzbekistan sum
	VED Currency = 'V'<<24 + 'E'<<16 + 'D'<<8 + 2 // Venezuelan bolívar, digital
	VES Currency = 'V'<<24 + 'E'<<16 + 'S'<<8 + 2 // Venezuelan bolívar soberano
	VND Currency = 'V'<<24 + 'N'<<16 + 'D'<<8 + 0 // Vietnamese dong
	VUV Currency = 'V'<<24 + 'U'<<16 + 'V'<<8 + 0 // Vanuatu vatu
	WST Currency = 'W'<<24 + 'S'<<16 + 'T'<<8 + 2 // Samoan tala
	XAD Currency = 'X'<<24 + 'A'<<16 + 'D'<<8 + 2 // Arab accounting dinar (fund)
	XAF Currency = 'X'<<24 + 'A'<<16 + 'F'<<8 + 0 // Central African CFA franc
	XCD Currency = 'X'<<24 + 'C'<<16 + 'D'<<8 + 2 // East Caribbean dollar
	XCG Currency = 'X'<<24 + 'C'<<16 + 'G'<<8 + 2 // Caribbean guilder
	XOF Currency = 'X'<<24 + 'O'<<16 + 'F'<<8 + 0 // West African CFA franc
	XPF Currency = 'X'<<24 + 'P'<<16 + 'F'<<8 + 0 // CFP franc
	YER Currency = 'Y'<<24 + 'E'<<16 + 'R'<<8 + 2 // Yemeni rial
	ZAR Currency = 'Z'<<24 + 'A'<<16 + 'R'<<8 + 2 // South African rand
	ZMW Currency = 'Z'<<24 + 'M'<<16 + 'W'<<8 + 2 // Zambian kwacha
	ZWG Currency = 'Z'<<24 + 'W'<<16 + 'G'<<8 + 2 // Zimbabwe Gold
	ZWL Currency = 'Z'<<24 + 'W'<<16 + 'L'<<8 + 2 // Zimbabwe dollar, until August 2024
)

// iso4217 lists the constants in ascending order, for binary search. It is never written to.
var iso4217 = [...]Currency{
	AED, AFN, ALL, AMD, ANG, AOA, ARS, AUD, AWG, AZN, BAM, BBD, BDT, BGN, BHD, BIF, BMD, BND, BOB, BOV,
	BRL, BSD, BTN, BWP, BYN, BZD, CAD, CDF, CHE, CHF, CHW, CLF, CLP, CNY, COP, COU, CRC, CUP, CVE, CZK,
	DJF, DKK, DOP, DZD, EGP, ERN, ETB, EUR, FJD, FKP, GBP, GEL, GHS, GIP, GMD, GNF, GTQ, GYD, HKD, HNL,
	HRK, HTG, HUF, IDR, ILS, INR, IQD, IRR, ISK, JMD, JOD, JPY, KES, KGS, KHR, KMF, KPW, KRW, KWD, KYD,
	KZT, LAK, LBP, LKR, LRD, LSL, LYD, MAD, MDL, MGA, MKD, MMK, MNT, MOP, MRU, MUR, MVR, MWK, MXN, MXV,
	MYR, MZN, NAD, NGN, NIO, NOK, NPR, NZD, OMR, PAB, PEN, PGK, PHP, PKR, PLN, PYG, QAR, RON, RSD, RUB,
	RWF, SAR, SBD, SCR, SDG, SEK, SGD, SHP, SLE, SLL, SOS, SRD, SSP, STN, SVC, SYP, SZL, THB, TJS, TMT,
	TND, TOP, TRY, TTD, TWD, TZS, UAH, UGX, USD, USN, UYI, UYU, UYW, UZS, VED, VES, VND, VUV, WST, XAD,
	XAF, XCD, XCG, XOF, XPF, YER, ZAR, ZMW, ZWG, ZWL,
}
