import { afterEach, describe, expect, it } from '@jest/globals';
import type { Language } from '@app/shared';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { CATALOGUE, useLanguage } from '../../../../web/src/ui/catalogue.js';
import { WallTimeField } from '../../../../web/src/ui/wall-time-field.js';

const told: string[] = [];
function Form() {
  const [value, setValue] = useState('2026-01-31T20:05');
  const change = (next: string) => {
    told.push(next);
    setValue(next);
  };
  return <WallTimeField label="from" value={value} onChange={change} />;
}
const field = () => screen.getByLabelText<HTMLInputElement>('from');
const type = (value: string) => fireEvent.change(field(), { target: { value } });

afterEach(() => {
  cleanup();
  told.length = 0;
});

describe('the field for a day and minute', () => {
  it.each<Language>(['zh-Hans', 'zh-Hant', 'en'])(
    'is no field of the browser’s, and reads the same in %s',
    (language) => {
      useLanguage.setState({ language });
      render(<Form />);
      expect([field().type, field().value]).toEqual(['text', '2026-01-31 20:05']);
      expect(field().placeholder).toBe(CATALOGUE[language].desk.timeShape);
    },
  );

  it('keeps what is typed, says nothing of a part of a time, and keeps it from being sent', () => {
    render(<Form />);
    type('2026-02-3');
    expect([field().value, field().validity.customError, field().checkValidity()]).toEqual([
      '2026-02-3',
      true,
      false,
    ]);
    type('2026/2/3 7:05');
    expect([field().value, field().checkValidity()]).toEqual(['2026/2/3 7:05', true]);
    expect(told).toEqual(['', '2026-02-03T07:05']);
  });

  it('is empty without a complaint', () => {
    render(<Form />);
    type('');
    expect([field().checkValidity(), told]).toEqual([true, ['']]);
  });

  it('is stepped by the arrow keys', () => {
    render(<Form />);
    field().setSelectionRange(12, 12);
    fireEvent.keyDown(field(), { key: 'ArrowUp' });
    expect(field().value).toBe('2026-01-31 21:05');
  });
});
