// Texts in both languages, and numbers, times and money as people read them.
const TEXTS = {
  ko: {
    title: '편의점 매출 현황', skip: '차트로 건너뛰기', today: '오늘의 매출', salesOf: '하루 매출', visitors: '방문객', lastOrder: '마지막 주문', allSales: '누적 매출',
    range: '기간', from: '시작일', to: '종료일', clear: '초기화', batch: '배치 계층', both: '배치 + 스피드', speed: '스피드 계층',
    footer: '두 계층의 결과를 중복이나 누락 없이 합쳐 보여 줍니다. 단위: 원',
    connecting: '연결하는 중…', live: '실시간 연결됨', lost: '연결이 끊어져 다시 연결하는 중…', denied: '토큰이 필요합니다 (주소 뒤에 #token=… 을 붙이세요)',
    complete: '완전함', incomplete: '불완전함', approximate: '근사', waiting: '대기 중', noBatch: '아직 배치 결과 없음', batchTo: '배치: {0} 이전', speedFrom: '스피드: {0} 이후',
    missing: '빠진 파티션 {0}개', nothingMissing: '빠진 것이 없습니다.', table: '표로 보기', chart: '차트로 보기', csv: 'CSV', empty: '아직 데이터가 없습니다', failing: '데이터를 읽지 못하고 있습니다',
    daily: '일별 매출', byHour: '시간대별 매출', trend: '시간별 추이', cumulative: '당일 누적 매출', categories: '분류별 매출', top3: '시간별 상위 3개 대분류', stream: '원시 주문 스트림',
    dailyNote: '막대: 매출, 선: 판매 건수', byHourNote: '선택한 기간의 합계', trendNote: '최근 7일', trendRange: '선택한 기간', cumulativeNote: '{0} 기준', categoriesNote: '전체 기간, 클릭하면 하위 분류로', top3Note: '최근 24시간', top3Range: '선택한 기간의 마지막 24시간', moreRows: '… 외 {0}행 (CSV)', noAmount: '그릴 매출이 없습니다 (표로 보기)', streamNote: '받은 주문 {0}건 중 표본',
    noTobacco: '담배 제외', all: '전체', day: '날짜', hour: '시간', sales: '매출', count: '건수', origin: '계층', division: '대분류', category: '분류', rank: '순위', unknown: '(미분류)', pause: '일시 정지', resume: '계속',
    badRange: '종료일은 시작일 이후여야 하고 기간은 366일 이하여야 합니다.', dark: '어둡게', light: '밝게', other: 'English', hourOf: '{0}시', share: '비중', time: '주문 시각', product: '상품', quantity: '수량', receipt: '영수증', store: '점포',
  },
  en: {
    title: 'Convenience store sales', skip: 'Skip to the charts', today: "Today's sales", salesOf: 'Sales of', visitors: 'Visitors', lastOrder: 'Last order', allSales: 'Sales so far',
    range: 'Range', from: 'From', to: 'To', clear: 'Clear', batch: 'Batch layer', both: 'Batch + speed', speed: 'Speed layer',
    footer: 'Both layers are merged exactly: nothing counts twice, nothing is left out. Amounts are in won.',
    connecting: 'Connecting…', live: 'Live', lost: 'Connection lost, reconnecting…', denied: 'A token is needed (add #token=… to the address)',
    complete: 'Complete', incomplete: 'Incomplete', approximate: 'Approximate', waiting: 'Waiting', noBatch: 'no batch yet', batchTo: 'Batch up to {0}', speedFrom: 'speed since {0}',
    missing: '{0} partitions missing', nothingMissing: 'Nothing is missing.', table: 'Show table', chart: 'Show chart', csv: 'CSV', empty: 'No data yet', failing: 'The data cannot be read for now',
    daily: 'Daily sales', byHour: 'Sales by hour of day', trend: 'Hourly trend', cumulative: 'Cumulative sales of the day', categories: 'Sales by category', top3: 'Top 3 divisions an hour', stream: 'Raw order stream',
    dailyNote: 'Bars: sales, line: number of sales', byHourNote: 'Sum over the chosen range', trendNote: 'The last 7 days', trendRange: 'The chosen range', cumulativeNote: 'On {0}', categoriesNote: 'All dates; choose one to drill down', top3Note: 'The last 24 hours', top3Range: 'The last 24 hours of the chosen range', moreRows: '… {0} more (CSV)', noAmount: 'No sales to draw (see the table)', streamNote: 'A sample of {0} orders received',
    noTobacco: 'Without tobacco', all: 'All', day: 'Day', hour: 'Hour', sales: 'Sales', count: 'Count', origin: 'Layer', division: 'Division', category: 'Category', rank: 'Rank', unknown: '(none)', pause: 'Pause', resume: 'Resume',
    badRange: 'The end must not be before the start, and a range is at most 366 days.', dark: 'Dark', light: 'Light', other: '한국어', hourOf: '{0}:00', share: 'Share', time: 'Ordered at', product: 'Product', quantity: 'Quantity', receipt: 'Receipt', store: 'Store',
  },
};
let language = 'ko';
let formats = {};

export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = TEXTS[chosen].title;
  formats = {
    won: new Intl.NumberFormat(chosen, { style: 'currency', currency: 'KRW', maximumFractionDigits: 0 }),
    count: new Intl.NumberFormat(chosen),
    compact: new Intl.NumberFormat(chosen, { notation: 'compact', maximumFractionDigits: 1 }),
    instant: new Intl.DateTimeFormat(chosen, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
    percent: new Intl.NumberFormat(chosen, { style: 'percent', maximumFractionDigits: 1 }),
  };
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text);
}
export const text = (key, ...values) => values.reduce((result, value, i) => result.replace(`{${i}}`, value), TEXTS[language][key]);
export const otherLanguage = () => (language === 'ko' ? 'en' : 'ko');
export const currentLanguage = () => language;
export const count = value => formats.count.format(value);
export const compact = value => formats.compact.format(value);
export const percent = value => formats.percent.format(value);
// Amounts are kept in hundredths, which are added up exactly.
export const minor = amount => Math.round((amount ?? 0) * 100);
export const major = hundredths => hundredths / 100;
export const won = hundredths => formats.won.format(hundredths / 100);
export const utc = instant => `${formats.instant.format(new Date(instant))} UTC`;
export const clock = local => (local ? local.replace('T', ' ').slice(0, 19) : '–');
