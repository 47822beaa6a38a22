/** The parts of ECharts that our charts use, and no more. */
import { BarChart, FunnelChart, GaugeChart, HeatmapChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, LegendScrollComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, PieChart, FunnelChart, HeatmapChart, GaugeChart, GridComponent, TooltipComponent, LegendComponent, LegendScrollComponent, MarkLineComponent, TitleComponent, VisualMapContinuousComponent, CanvasRenderer]);

export { init };
