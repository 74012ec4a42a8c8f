import { expect, test } from "vitest";
import { guessLanguage } from "./language-guess";

test.each([
  [
    "en",
    "The river rose in the night, and the bridge was closed in the morning. It is not known for how long that will be so, they said.",
  ],
  [
    "de",
    "Der Fluss stieg in der Nacht, und die Brücke wurde am Morgen geschlossen. Es ist nicht bekannt, wie lange das so bleibt, sagte sie.",
  ],
  [
    "fr",
    "La rivière est montée dans la nuit et le pont a été fermé au matin. On ne sait pas pour combien de temps, dit la mairie, qui est prudente.",
  ],
  [
    "es",
    "El río subió por la noche y el puente se cerró por la mañana. No se sabe por cuánto tiempo, dijo el alcalde de la ciudad, que es prudente.",
  ],
  [
    "uk",
    "Річка піднялася за ніч, і міст закрили вранці для пішоходів. Мешканці кажуть, що такого не було давно, але до вечора він може бути відкритий.",
  ],
  [
    "ru",
    "Река поднялась за ночь, и мост закрыли утром для пешеходов. Жители говорят, что такого не было давно, но к вечеру он может быть открыт.",
  ],
  ["ar", "ارتفع النهر في الليل وأغلق الجسر في الصباح أمام المشاة"],
  ["he", "הנהר עלה בלילה והגשר נסגר בבוקר להולכי רגל"],
  ["el", "Το ποτάμι ανέβηκε τη νύχτα και η γέφυρα έκλεισε το πρωί"],
  ["ja", "川の水位が一晩で上がり、橋は朝から閉鎖されました。"],
  ["zh", "河水在夜间上涨，大桥于早晨对行人关闭。"],
  ["ko", "밤사이 강물이 불어나 아침에 다리가 폐쇄되었다."],
])("%s", (language, text) => {
  expect(guessLanguage(text)).toBe(language);
});

test.each([
  "",
  "123 456",
  "OK",
  "Lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt ut labore et dolore magna aliqua ut enim ad minim veniam",
])("nothing is guessed of %j", (text) => {
  expect(guessLanguage(text)).toBeNull();
});
