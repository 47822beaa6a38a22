/** Names of the divisions that the first two digits of a region stand for. */
const NAMES = '11北京 12天津 13河北 14山西 15内蒙古 21辽宁 22吉林 23黑龙江 31上海 32江苏 33浙江 34安徽 35福建 36江西 37山东 41河南 42湖北 43湖南 44广东 45广西 46海南 50重庆 51四川 52贵州 53云南 54西藏 61陕西 62甘肃 63青海 64宁夏 65新疆 71台湾 81香港 82澳门';
const ENGLISH = '11Beijing 12Tianjin 13Hebei 14Shanxi 15Inner-Mongolia 21Liaoning 22Jilin 23Heilongjiang 31Shanghai 32Jiangsu 33Zhejiang 34Anhui 35Fujian 36Jiangxi 37Shandong 41Henan 42Hubei 43Hunan 44Guangdong 45Guangxi 46Hainan 50Chongqing 51Sichuan 52Guizhou 53Yunnan 54Tibet 61Shaanxi 62Gansu 63Qinghai 64Ningxia 65Xinjiang 71Taiwan 81Hong-Kong 82Macao';

function table(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(' ').map((entry) => [entry.slice(0, 2), entry.slice(2).replace('-', ' ')]));
}

export const PROVINCES = { 'zh-CN': table(NAMES), en: table(ENGLISH) } as const;
