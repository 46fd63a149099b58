import { LINE_LENGTH, textPdf } from './pdf-pages.js';

/** Where the cross-reference table says that objects begin, and what stands there. */
function objectsOf(pdf: string): readonly string[] {
  const table = pdf.slice(Number(/startxref\n(\d+)/.exec(pdf)?.[1]));
  const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));

  return offsets.map((offset) => pdf.slice(offset, pdf.indexOf('\n', offset)));
}

describe('text as a PDF', () => {
  test('has a table that finds every object, and streams as long as they say', () => {
    const pdf = textPdf(Array.from({ length: 200 }, (_, index) => `line ${index}`), 'foot').toString('latin1');
    const objects = objectsOf(pdf);
    expect(objects).toEqual(objects.map((_, index) => `${index + 1} 0 obj`));
    for (const [, length, content] of pdf.matchAll(/<< \/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g)) expect(content).toHaveLength(Number(length));
    expect(pdf.match(/page \d of 4/g)).toEqual(['page 1 of 4', 'page 2 of 4', 'page 3 of 4', 'page 4 of 4']); // 200 lines, 60 a page
  });

  test('breaks long lines at a space or in the middle of a word', () => {
    const pdf = textPdf(['word '.repeat(30), 'x'.repeat(LINE_LENGTH + 1)], '').toString('latin1');
    expect(pdf).toContain(`(${'x'.repeat(LINE_LENGTH)}) Tj T*\n(    x) Tj`);
    expect(pdf).toMatch(/word\) Tj T\*\n\( {4}word/);
  });

  test('keeps brackets and backslashes apart from its own, and replaces what the font has not', () => {
    expect(textPdf(['a (b) \\ ü 漢'], '').toString('latin1')).toContain(String.raw`(a \(b\) \\ ü ?) Tj`);
  });
});
