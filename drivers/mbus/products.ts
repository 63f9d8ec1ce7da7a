/**
 * Which product sends a header, by maker and version: the names that libmbus 0.9.0 gives (mbus_data_product_name; BSD-3-Clause,
 * Raditex Control AB, see testdata/vectors/LICENSE-libmbus.txt).
 */

interface Product {
  readonly maker: string;
  /** `version` of the header; the product sends any of these. */
  readonly versions?: readonly number[];
  /** Where the two first digits of the identification number tell products apart, as bytes of BCD. */
  readonly idHigh?: readonly number[];
  readonly medium?: number;
  readonly name: string;
}

const ELECTRICITY = 0x02;
const WARM_WATER = 0x06;
const UNKNOWN = 0x0f;

/** The first that fits is meant. */
const PRODUCTS: readonly Product[] = [
  { maker: 'ABB', versions: [0x02], name: 'ABB Delta-Meter' },
  { maker: 'ABB', versions: [0x20], name: 'ABB B21 113-100' },
  { maker: 'ACW', versions: [0x09], name: 'Itron CF Echo 2' },
  { maker: 'ACW', versions: [0x0a], name: 'Itron CF 51' },
  { maker: 'ACW', versions: [0x0b], name: 'Itron CF 55' },
  { maker: 'ACW', versions: [0x0e], name: 'Itron BM +m' },
  { maker: 'ACW', versions: [0x0f], name: 'Itron CF 800' },
  { maker: 'ACW', versions: [0x14], name: 'Itron CYBLE M-Bus 1.4' },
  { maker: 'AMT', versions: range(0xc0, 0xff), name: 'Aquametro CALEC ST' },
  { maker: 'AMT', versions: range(0x80, 0xbf), name: 'Aquametro CALEC MB' },
  { maker: 'AMT', versions: range(0x40, 0x7f), name: 'Aquametro SAPHIR' },
  { maker: 'AMT', versions: range(0x00, 0x3f), name: 'Aquametro AMTRON' },
  { maker: 'BEC', versions: [0x00], medium: ELECTRICITY, name: 'Berg DCMi' },
  { maker: 'BEC', versions: [0x07], medium: ELECTRICITY, name: 'Berg BLMi' },
  { maker: 'BEC', versions: [0x71], medium: UNKNOWN, name: 'Berg BMB-10S0' },
  { maker: 'EFE', versions: [0x00], medium: WARM_WATER, name: 'Engelmann WaterStar' },
  { maker: 'EFE', versions: [0x00], name: 'Engelmann / Elster SensoStar 2' },
  { maker: 'EFE', versions: [0x01], name: 'Engelmann SensoStar 2C' },
  { maker: 'ELS', versions: [0x02], name: 'Elster TMP-A' },
  { maker: 'ELS', versions: [0x0a], name: 'Elster Falcon' },
  { maker: 'ELS', versions: [0x2f], name: 'Elster F96 Plus' },
  { maker: 'ELV', versions: range(0x14, 0x1d), name: 'Elvaco CMa10' },
  { maker: 'ELV', versions: range(0x32, 0x3b), name: 'Elvaco CMa11' },
  { maker: 'EMH', versions: [0x00], name: 'EMH DIZ' },
  { maker: 'EMU', versions: [0x10], medium: ELECTRICITY, name: 'EMU Professional 3/75 M-Bus' },
  { maker: 'GAV', versions: range(0x2d, 0x30), medium: ELECTRICITY, name: 'Carlo Gavazzi EM24' },
  { maker: 'GAV', versions: [0x39, 0x3a], medium: ELECTRICITY, name: 'Carlo Gavazzi EM21' },
  { maker: 'GAV', versions: [0x40], medium: ELECTRICITY, name: 'Carlo Gavazzi EM33' },
  { maker: 'GMC', versions: [0xe6], name: 'GMC-I A230 EMMOD 206' },
  { maker: 'KAM', versions: [0x01], name: 'Kamstrup 382 (6850-005)' },
  { maker: 'KAM', versions: [0x08], name: 'Kamstrup Multical 601' },
  { maker: 'SLB', versions: [0x02], name: 'Allmess Megacontrol CF-50' },
  { maker: 'SLB', versions: [0x06], name: 'CF Compact / Integral MK MaXX' },
  { maker: 'HYD', versions: [0x28], name: 'ABB F95 Typ US770' },
  { maker: 'HYD', versions: [0x2f], name: 'Hydrometer Sharky 775' },
  { maker: 'JAN', versions: [0x09], medium: ELECTRICITY, name: 'Janitza UMG 96S' },
  { maker: 'LUG', versions: [0x02], name: 'Landis & Gyr Ultraheat 2WR5' },
  { maker: 'LUG', versions: [0x03], name: 'Landis & Gyr Ultraheat 2WR6' },
  { maker: 'LUG', versions: [0x04], name: 'Landis & Gyr Ultraheat UH50' },
  { maker: 'LUG', versions: [0x07], name: 'Landis & Gyr Ultraheat T230' },
  { maker: 'LSE', versions: [0x99], name: 'Siemens WFH21' },
  { maker: 'NZR', versions: [0x01], name: 'NZR DHZ 5/63' },
  { maker: 'NZR', versions: [0x50], name: 'NZR IC-M2' },
  { maker: 'RAM', versions: [0x03], name: 'Rossweiner ETK/ETW Modularis' },
  { maker: 'REL', versions: [0x08], name: 'Relay PadPuls M1' },
  { maker: 'REL', versions: [0x12], name: 'Relay PadPuls M4' },
  { maker: 'REL', versions: [0x20], name: 'Relay Padin 4' },
  { maker: 'REL', versions: [0x30], name: 'Relay AnDi 4' },
  { maker: 'REL', versions: [0x40], name: 'Relay PadPuls M2' },
  { maker: 'RKE', versions: [0x69], name: 'Ista sensonic II mbus' },
  { maker: 'SBC', idHigh: [0x10, 0x19], name: 'Saia-Burgess ALE3' },
  { maker: 'SBC', idHigh: [0x11], name: 'Saia-Burgess AWD3' },
  ...['SEO', 'GTE'].flatMap((maker) => [
    { maker, idHigh: [0x30], name: 'Sensoco PT100' },
    { maker, idHigh: [0x41], name: 'Sensoco 2-NTC' },
    { maker, idHigh: [0x45], name: 'Sensoco Laser Light' },
    { maker, idHigh: [0x48], name: 'Sensoco ADIO' },
    { maker, idHigh: [0x51, 0x61], name: 'Sensoco THU' },
    { maker, idHigh: [0x80], name: 'Sensoco PulseCounter for E-Meter' },
  ]),
  { maker: 'SEN', versions: [0x08, 0x19], name: 'Sensus PolluCom E' },
  { maker: 'SEN', versions: [0x0b], name: 'Sensus PolluTherm' },
  { maker: 'SEN', versions: [0x0e], name: 'Sensus PolluStat E' },
  { maker: 'SON', versions: [0x0d], name: 'Sontex Supercal 531' },
  { maker: 'SPX', versions: [0x31, 0x34], name: 'Sensus PolluTherm' },
  { maker: 'SVM', versions: [0x08], name: 'Elster F2 / Deltamess F2' },
  { maker: 'SVM', versions: [0x09], name: 'Elster F4 / Kamstrup SVM F22' },
  { maker: 'TCH', versions: [0x26], name: 'Techem m-bus S' },
  { maker: 'TCH', versions: [0x40], name: 'Techem ultra S3' },
  { maker: 'WZG', versions: [0x03], name: 'Modularis ETW-EAX' },
  { maker: 'ZRM', versions: [0x81], name: 'Minol Minocal C2' },
  { maker: 'ZRM', versions: [0x82], name: 'Minol Minocal WR3' },
];

/** Empty where no name is known. `idHigh`: the highest byte of the identification number. */
export function productName(maker: string, version: number, medium: number, idHigh: number): string {
  const product = PRODUCTS.find(
    (one) =>
      one.maker === maker &&
      (one.versions?.includes(version) ?? true) &&
      (one.idHigh?.includes(idHigh) ?? true) &&
      (one.medium ?? medium) === medium,
  );
  return product?.name ?? '';
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
