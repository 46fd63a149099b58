import { Readable } from 'node:stream';
import { csvRows } from './csv-rows.js';

async function read(...pieces: readonly (string | Buffer)[]): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for await (const { number, fields } of csvRows(Readable.from(pieces.map((piece) => Buffer.from(piece))))) rows.push([number, fields]);

  return rows;
}

describe('a CSV file', () => {
  test('is read row by row, by the names of its first record', async () => {
    expect(await read('number,status\r\nA1,ACTIVE\r\n\r\nA2,\r\n')).toEqual([[1, { number: 'A1', status: 'ACTIVE' }], [2, { number: 'A2' }]]);
  });

  test('may quote commas, line breaks and quotes', async () => {
    expect(await read('number,holder\n1,"Doe, ""Jane""\nRoe"\n')).toEqual([[1, { number: '1', holder: 'Doe, "Jane"\nRoe' }]]);
  });

  test('is the same however it is cut into pieces, inside a letter as well', async () => {
    const file = Buffer.from('\uFEFFnumber,holder\n1,"Núñez ""N"", José"\n2,X');
    const whole = await read(file);
    for (let cut = 1; cut < file.length; cut += 1) expect(await read(file.subarray(0, cut), file.subarray(cut))).toEqual(whole);
    expect(whole).toEqual([[1, { number: '1', holder: 'Núñez "N", José' }], [2, { number: '2', holder: 'X' }]]);
  });

  test('whose last quote never ends is refused', async () => {
    await expect(read('number,holder\n1,"Doe\n2,Roe\n')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('with more fields than names tells the surplus by its column', async () => {
    expect(await read('number\n1,2\n')).toEqual([[1, { number: '1', 'column 2': '2' }]]);
  });
});
