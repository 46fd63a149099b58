/** US letter, in points; a fixed-width font, so that columns stand under each other and lines are easily measured. */
const PAGE = { width: 612, height: 792, margin: 50 };
const FONT = { name: 'Courier', size: 8, leading: 11 };
const LINES_PER_PAGE = Math.floor((PAGE.height - 2 * PAGE.margin) / FONT.leading) - 2;

/** Characters of one line: a Courier character is 0.6 of its size wide. */
export const LINE_LENGTH = Math.floor((PAGE.width - 2 * PAGE.margin) / (FONT.size * 0.6));

/** Lines of text as a PDF (ISO 32000-1), the same bytes for the same text; `footer` stands at the foot of every page. */
export function textPdf(lines: readonly string[], footer: string): Buffer {
  const pages = paged(lines.flatMap(wrapped));
  const pageNumbers = pages.map((_, index) => 4 + 2 * index);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pageNumbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    `<< /Type /Font /Subtype /Type1 /BaseFont /${FONT.name} /Encoding /WinAnsiEncoding >>`,
    ...pages.flatMap((page, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`,
      streamOf(page, `${footer}   page ${index + 1} of ${pages.length}`),
    ]),
  ];

  return file(objects);
}

function paged(lines: readonly string[]): readonly (readonly string[])[] {
  const count = Math.max(1, Math.ceil(lines.length / LINES_PER_PAGE));

  return Array.from({ length: count }, (_, index) => lines.slice(index * LINES_PER_PAGE, (index + 1) * LINES_PER_PAGE));
}

/** Broken at a space where there is one in the second half of the line. */
function wrapped(line: string): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > LINE_LENGTH) {
    const space = rest.lastIndexOf(' ', LINE_LENGTH);
    const end = space > LINE_LENGTH / 2 ? space : LINE_LENGTH;
    pieces.push(rest.slice(0, end));
    rest = `    ${rest.slice(end).trimStart()}`;
  }

  return [...pieces, rest];
}

function streamOf(lines: readonly string[], footer: string): string {
  const top = PAGE.height - PAGE.margin;
  const body = lines.map((line) => `(${escaped(line)}) Tj T*`).join('\n');
  const text = `BT /F1 ${FONT.size} Tf ${FONT.leading} TL ${PAGE.margin} ${top} Td\n${body}\nET\nBT /F1 ${FONT.size} Tf ${PAGE.margin} ${PAGE.margin - FONT.leading} Td (${escaped(footer)}) Tj ET`;

  return `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
}

/** Characters that the font's encoding has not become a question mark. */
function escaped(text: string): string {
  return text.replaceAll(/[^\x20-\x7e\xa1-\xff]/g, '?').replaceAll(/[\\()]/g, String.raw`\$&`);
}

function file(objects: readonly string[]): Buffer {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;

    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;

  return Buffer.from(text + trailer, 'latin1');
}
