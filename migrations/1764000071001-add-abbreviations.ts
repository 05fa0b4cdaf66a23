import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the numbers of each centre's reports begin with. A word belongs to one centre for good, so that no number is
 * given twice, also after another word took its place. The root keeps that of the configuration until it has its own.
 */
export class AddAbbreviations1764000071001 implements MigrationInterface {
  readonly name = 'AddAbbreviations1764000071001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table centre add column abbreviation text;
      create table centre_abbreviation (
        word text primary key,
        centre uuid not null references centre
      );
      with stem as (
        select id, sort,
               left(regexp_replace(regexp_replace(names->>'hans', '[[:space:][:punct:]]', '', 'g'), '(.)(街道|社区|小区|村民小组|镇|乡|村|区)$', '\\1'), 8) as word
          from centre where parent is not null
      ), numbered as (
        select id, word, row_number() over (partition by word order by sort, id) as place from stem
      )
      update centre set abbreviation = word || case when place > 1 then place::text else '' end || '综'
        from numbered where numbered.id = centre.id;
      insert into centre_abbreviation (word, centre)
      select abbreviation, id from centre where abbreviation is not null order by sort, id on conflict do nothing;
      update centre set abbreviation = null
       where not exists (select 1 from centre_abbreviation a where a.word = abbreviation and a.centre = centre.id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table centre_abbreviation; alter table centre drop column abbreviation');
  }
}
