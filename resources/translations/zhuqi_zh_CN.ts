<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>AbsenceMenu</name>
    <message>
        <source>Why is there no reading?</source>
        <translation>为什么没有体温？</translation>
    </message>
    <message>
        <source>On leave</source>
        <translation>请假</translation>
    </message>
    <message>
        <source>Day off</source>
        <translation>轮休</translation>
    </message>
    <message>
        <source>Away on business</source>
        <translation>外出</translation>
    </message>
    <message>
        <source>Isolated elsewhere</source>
        <translation>在外隔离</translation>
    </message>
    <message>
        <source>Not yet at work</source>
        <translation>未到岗</translation>
    </message>
    <message>
        <source>Thermometer missing</source>
        <translation>无体温计</translation>
    </message>
</context>
<context>
    <name>AnswerButtons</name>
    <message>
        <source>must be checked</source>
        <translation>本项必查</translation>
    </message>
</context>
<context>
    <name>BasisMenu</name>
    <message>
        <source>Basis of {measure}</source>
        <translation>{measure} 的依据</translation>
    </message>
    <message>
        <source>basis to be checked</source>
        <translation>依据待核</translation>
    </message>
    <message>
        <source>our own proposal</source>
        <translation>本系统建议</translation>
    </message>
</context>
<context>
    <name>BeforeAfter</name>
    <message>
        <source>Before and after</source>
        <translation>前后对照</translation>
    </message>
    <message>
        <source>no photo when it was found</source>
        <translation>发现时没有照片</translation>
    </message>
    <message>
        <source>Add the photo after (P)</source>
        <translation>整改后照片（按 P 添加）</translation>
    </message>
    <message>
        <source>When it was found</source>
        <translation>发现时</translation>
    </message>
    <message>
        <source>Latest photo</source>
        <translation>最新照片</translation>
    </message>
</context>
<context>
    <name>ChoiceCard</name>
    <message>
        <source>Taken</source>
        <translation>已选用</translation>
    </message>
    <message>
        <source>Take this one</source>
        <translation>选用这个值</translation>
    </message>
</context>
<context>
    <name>ClosedLoop</name>
    <message>
        <source>Found and logged</source>
        <translation>发现入库</translation>
    </message>
    <message>
        <source>Triage, analysis</source>
        <translation>研判分析</translation>
    </message>
    <message>
        <source>Assignment</source>
        <translation>交办督办</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估反馈</translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Triage</source>
        <translation>研判</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>交办</translation>
    </message>
    <message>
        <source>Being put right</source>
        <translation>开始整改</translation>
    </message>
    <message>
        <source>Hand in for review</source>
        <translation>提交复查</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>销号</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>反弹重开</translation>
    </message>
    <message>
        <source>Escalate</source>
        <translation>升级</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>Declare void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>已整改</translation>
    </message>
    <message>
        <source>Partly put right</source>
        <translation>部分整改</translation>
    </message>
    <message>
        <source>Not put right</source>
        <translation>未整改</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>反弹</translation>
    </message>
    <message>
        <source>Deadline put off</source>
        <translation>延期</translation>
    </message>
    <message>
        <source>Reminded</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Look-back</source>
        <translation>回头看</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>跟踪</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Responsible at the enterprise</source>
        <translation>企业责任人</translation>
    </message>
    <message>
        <source>Lead unit</source>
        <translation>主办单位</translation>
    </message>
    <message>
        <source>Interim control</source>
        <translation>临时管控措施</translation>
    </message>
    <message>
        <source>Number on the platform</source>
        <translation>“三服务”平台编号</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截止日期</translation>
    </message>
</context>
<context>
    <name>ComingPage</name>
    <message>
        <source>The day&apos;s plan will stand here</source>
        <translation>这里会列出今天的计划</translation>
    </message>
    <message>
        <source>Visits by due date and negative list, look-backs, deadlines that have passed.</source>
        <translation>按到期和负面清单排走访、回头看，并列出已超期的整改。</translation>
    </message>
    <message>
        <source>Journal and daily report will stand here</source>
        <translation>这里会是日志和日报</translation>
    </message>
    <message>
        <source>Drafted from the day&apos;s visits: enterprises, visits, coverage, pass rate.</source>
        <translation>由当天走访起草：家数、家次、覆盖率、合格率。</translation>
    </message>
    <message>
        <source>The handbook will stand here</source>
        <translation>这里会是手册</translation>
    </message>
    <message>
        <source>Guidance booklet, standard procedure and daily key points, searchable offline.</source>
        <translation>技术指南、工作规程和每日要点，离线可查。</translation>
    </message>
    <message>
        <source>Open enterprises</source>
        <translation>去企业</translation>
    </message>
</context>
<context>
    <name>ConflictView</name>
    <message>
        <source>Take mine</source>
        <translation>采用我的</translation>
    </message>
    <message>
        <source>Take the centre&apos;s</source>
        <translation>采用中心的</translation>
    </message>
    <message>
        <source>Take the other value</source>
        <translation>采用另填的值</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待决定</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>所在</translation>
    </message>
    <message>
        <source>Changes of different fields are both kept; only one field with two values has to be decided.</source>
        <translation>不同项目的修改都保留；只有同一项目改成不同的值才需要决定。</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>原来的值</translation>
    </message>
    <message>
        <source>The other edit</source>
        <translation>另一处的</translation>
    </message>
    <message>
        <source>At the centre</source>
        <translation>中心的</translation>
    </message>
    <message>
        <source>The decision is sent as a new edit; both values stay on record.</source>
        <translation>决定会作为一次新的修改上传；两边的值都留在记录里。</translation>
    </message>
    <message>
        <source>Another value</source>
        <translation>另填一个值</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>{field}: deleted in one place, changed in another</source>
        <translation>{field}：一处删除，一处修改</translation>
    </message>
    <message>
        <source>{field}: two values</source>
        <translation>{field}：两处改成了不同的值</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
</context>
<context>
    <name>DayField</name>
    <message>
        <source>Delete: no day</source>
        <translation>Delete 键：清空日期</translation>
    </message>
</context>
<context>
    <name>DilutionCard</name>
    <message>
        <source>Dilution</source>
        <translation>配制计算</translation>
    </message>
    <message>
        <source>% liquid</source>
        <translation>% 液体</translation>
    </message>
    <message>
        <source>% powder</source>
        <translation>% 粉剂</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>药剂</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>原液浓度</translation>
    </message>
    <message>
        <source>Wanted, mg/L</source>
        <translation>目标浓度 mg/L</translation>
    </message>
    <message>
        <source>Volume, L</source>
        <translation>配制量 L</translation>
    </message>
    <message>
        <source>Record in the log</source>
        <translation>记入消毒日志</translation>
    </message>
    <message>
        <source>Room, m³</source>
        <translation>空间 m³</translation>
    </message>
    <message>
        <source>Area, m²</source>
        <translation>面积 m²</translation>
    </message>
    <message>
        <source>Fill in stock, strength and volume.</source>
        <translation>请填写原液浓度、目标浓度和配制量。</translation>
    </message>
    <message>
        <source>really {mg} mg/L</source>
        <translation>实际 {mg} mg/L</translation>
    </message>
    <message>
        <source>tablets · {real}</source>
        <translation>片 · {real}</translation>
    </message>
    <message>
        <source>1 part stock : {parts} parts water</source>
        <translation>1 份原液 : {parts} 份水</translation>
    </message>
    <message>
        <source>leave for {minutes} min</source>
        <translation>作用 {minutes} 分钟</translation>
    </message>
    <message>
        <source>spray {ml} mL</source>
        <translation>喷雾 {ml} mL</translation>
    </message>
    <message>
        <source>spray {low}–{high} L</source>
        <translation>喷洒 {low}–{high} L</translation>
    </message>
    <message>
        <source>{conc} is within {low}–{high}</source>
        <translation>{conc} 在 {low}–{high} 范围内</translation>
    </message>
    <message>
        <source>{conc} is outside {low}–{high}</source>
        <translation>{conc} 不在 {low}–{high} 范围内</translation>
    </message>
    <message>
        <source>the product&apos;s label decides</source>
        <translation>以产品说明书为准</translation>
    </message>
</context>
<context>
    <name>DilutionResult</name>
    <message>
        <source>{unit} stock</source>
        <translation>{unit} 原液</translation>
    </message>
    <message>
        <source>{unit} water</source>
        <translation>{unit} 水</translation>
    </message>
</context>
<context>
    <name>DisinfectionList</name>
    <message>
        <source>Disinfection log</source>
        <translation>消毒日志</translation>
    </message>
    <message>
        <source>next due first</source>
        <translation>下一次到期在前</translation>
    </message>
    <message>
        <source>Record one</source>
        <translation>记一次</translation>
    </message>
    <message>
        <source>Place and target</source>
        <translation>场所与对象</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>药剂</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下次</translation>
    </message>
    <message>
        <source>Nothing recorded yet. R records a disinfection.</source>
        <translation>还没有消毒记录。按 R 记一次。</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) still wanting today</source>
        <translation>
            <numerusform>今日还有 %n 处未消毒</numerusform>
        </translation>
    </message>
    <message>
        <source>all places of today done</source>
        <translation>今日场所均已消毒</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Add photo</source>
        <translation>加照片</translation>
    </message>
    <message>
        <source>drop files, or paste with Ctrl V</source>
        <translation>拖入文件，或 Ctrl V 粘贴</translation>
    </message>
</context>
<context>
    <name>EmployeeFields</name>
    <message>
        <source>Correct masked data (type the new value)</source>
        <translation>更正已遮盖的信息（直接输入新值）</translation>
    </message>
</context>
<context>
    <name>EmployeePane</name>
    <message>
        <source>Close the file</source>
        <translation>关闭档案</translation>
    </message>
    <message>
        <source>Left on {day}; the file is closed.</source>
        <translation>{day}离职，档案已关闭。</translation>
    </message>
    <message>
        <source>Observed since {day}.</source>
        <translation>{day}起隔离观察。</translation>
    </message>
    <message>
        <source>Not on shift before {day}, by health code and places.</source>
        <translation>按健康码和到访地，{day}前不得上岗。</translation>
    </message>
    <message>
        <source>The health code is more than 7 days old: look at it again.</source>
        <translation>健康码超过 7 天未更新，请重新核验。</translation>
    </message>
    <message>
        <source>Saved in the file</source>
        <translation>档案已保存</translation>
    </message>
</context>
<context>
    <name>EnterpriseDetail</name>
    <message>
        <source>Letter</source>
        <translation>建议书</translation>
    </message>
    <message>
        <source>Start visit</source>
        <translation>开始走访</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概况</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Isolation</source>
        <translation>隔离点</translation>
    </message>
    <message>
        <source>Disinfection</source>
        <translation>消毒</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>员工档案</translation>
    </message>
    <message>
        <source>No credit code</source>
        <translation>无信用代码</translation>
    </message>
</context>
<context>
    <name>EnterpriseDisinfections</name>
    <message>
        <source>Each disinfection stands here with its strength, its contact time and when the next one is due.</source>
        <translation>这里显示每次消毒的浓度、作用时间和下一次到期时间。</translation>
    </message>
    <message>
        <source>No disinfection recorded</source>
        <translation>还没有消毒记录</translation>
    </message>
    <message>
        <source>Record one</source>
        <translation>记一次</translation>
    </message>
</context>
<context>
    <name>EnterpriseFilters</name>
    <message>
        <source>Find in the list</source>
        <translation>在列表中找</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Large / small</source>
        <translation>规上 / 小微</translation>
    </message>
    <message>
        <source>Not visited for</source>
        <translation>未走访超过</translation>
    </message>
    <message>
        <source>/ {count} enterprises</source>
        <translation>/ {count} 家</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} 天</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Not visited for {days} days</source>
        <translation>{days} 天未走访</translation>
    </message>
</context>
<context>
    <name>EnterpriseOverview</name>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>not visited yet</source>
        <translation>未走访</translation>
    </message>
    <message>
        <source>Nine focus areas · {day}</source>
        <translation>九个方面重点内容 · {day}</translation>
    </message>
    <message>
        <source>23 measures · all visits</source>
        <translation>23 项 · 历次走访</translation>
    </message>
    <message>
        <source>newest on top</source>
        <translation>从上到下由近及远</translation>
    </message>
    <message>
        <source>Not visited yet</source>
        <translation>还没有走访</translation>
    </message>
    <message>
        <source>Every visit becomes a line here: 23 measures, one shape each.</source>
        <translation>每次走访在这里成为一行：23 项，各一个图形。</translation>
    </message>
    <message>
        <source>due {due} · on duty {duty} ({rate})</source>
        <translation>应到 {due} · 在岗 {duty}（{rate}）</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>员工</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>防疫联系人</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Resumed on</source>
        <translation>复工日期</translation>
    </message>
    <message>
        <source>Open findings</source>
        <translation>未销号</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Visit · {passed} pass, {partial} partial, {failed} fail</source>
        <translation>走访 · 符合 {passed} 基本 {partial} 不符 {failed}</translation>
    </message>
    <message>
        <source>Found {count}: {title}</source>
        <translation>新增 {count} 个：{title}</translation>
    </message>
    <message>
        <source>Issued {number}</source>
        <translation>签发 {number}</translation>
    </message>
</context>
<context>
    <name>EnterprisePhotos</name>
    <message>
        <source>Photos taken during visits stand here, newest visit first.</source>
        <translation>走访拍的照片在这里，近的在前。</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>还没有照片</translation>
    </message>
</context>
<context>
    <name>EnterprisePreview</name>
    <message>
        <source>Start visit</source>
        <translation>开始走访</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>No credit code</source>
        <translation>无信用代码</translation>
    </message>
    <message>
        <source>not visited yet</source>
        <translation>未走访</translation>
    </message>
    <message>
        <source>Focus areas · {day}</source>
        <translation>重点内容 · {day}</translation>
    </message>
    <message>
        <source>Open findings {count}</source>
        <translation>未销号问题 {count}</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>防疫联系人</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Staff due</source>
        <translation>应到岗</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次走访</translation>
    </message>
    <message>
        <source>Resumed on</source>
        <translation>复工日期</translation>
    </message>
</context>
<context>
    <name>EnterpriseSites</name>
    <message>
        <source>The observation point and the emergency area stand here with their checks.</source>
        <translation>这里显示集中隔离观察点和应急隔离区及其核查结果。</translation>
    </message>
    <message>
        <source>No isolation site recorded</source>
        <translation>还没有登记隔离点</translation>
    </message>
    <message>
        <source>Record a site</source>
        <translation>登记隔离点</translation>
    </message>
</context>
<context>
    <name>EnterpriseStaff</name>
    <message>
        <source>Open health files</source>
        <translation>打开健康档案</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>员工</translation>
    </message>
    <message>
        <source>No health files yet</source>
        <translation>还没有健康档案</translation>
    </message>
    <message>
        <source>In the health files the enterprise&apos;s own list of staff is imported.</source>
        <translation>可在健康档案页导入企业自己的员工名单。</translation>
    </message>
</context>
<context>
    <name>EnterprisesPage</name>
    <message>
        <source>select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>mark</source>
        <translation>多选</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>visit</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Import roster</source>
        <translation>导入名册</translation>
    </message>
    <message>
        <source>No enterprises yet</source>
        <translation>还没有企业</translation>
    </message>
    <message>
        <source>Import a roster from Excel, or enrol and pull your grid from the centre.</source>
        <translation>从 Excel 导入名册，或注册后从中心取回本网格。</translation>
    </message>
    <message>
        <source>Open sync and enrolment</source>
        <translation>去同步与注册</translation>
    </message>
    <message>
        <source>No enterprise matches</source>
        <translation>没有符合条件的企业</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>None of {count} meets all conditions.</source>
        <translation>{count} 家中没有同时满足这些条件的。</translation>
    </message>
    <message>
        <source>{row} of {count}</source>
        <translation>第 {row} / {count} 家</translation>
    </message>
    <message>
        <source>{count} marked</source>
        <translation>已选 {count} 家</translation>
    </message>
</context>
<context>
    <name>FeverBanner</name>
    <message>
        <source>Put under observation</source>
        <translation>转为观察</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) with fever or symptoms, nothing done yet.</source>
        <translation>
            <numerusform>%n 人发热或有症状，尚未处置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Mask on, to the emergency room, measure again after 5 minutes, then report as the plan says.</source>
        <translation>先佩戴口罩并转入应急隔离室，5 分钟后复测，再按流程报告。</translation>
    </message>
</context>
<context>
    <name>FieldValues</name>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>keep the record</source>
        <translation>保留这条记录</translation>
    </message>
    <message>
        <source>delete the record</source>
        <translation>删除这条记录</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>FindingActPanel</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Evidence photo</source>
        <translation>证据照片</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Add photo, or paste with Ctrl V</source>
        <translation>添加照片，或按 Ctrl V 粘贴</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Photo: {name}</source>
        <translation>照片：{name}</translation>
    </message>
</context>
<context>
    <name>FindingActs</name>
    <message>
        <source>Progress noted</source>
        <translation>已记录跟踪</translation>
    </message>
    <message>
        <source>Note progress</source>
        <translation>记录跟踪</translation>
    </message>
    <message>
        <source>Photo added</source>
        <translation>已添加照片</translation>
    </message>
    <message>
        <source>Add photo</source>
        <translation>添加照片</translation>
    </message>
    <message>
        <source>Reminder noted</source>
        <translation>已记录催办</translation>
    </message>
    <message>
        <source>Whom you called and what was promised.</source>
        <translation>写明联系了谁、对方怎样答复。</translation>
    </message>
    <message>
        <source>Remind</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Deadline set</source>
        <translation>时限已改</translation>
    </message>
    <message numerus="yes">
        <source>Due on {day}. Put off %n time(s) so far; after the assignment a later day needs a reason.</source>
        <translation>
            <numerusform>现时限 {day}，已延期 %n 次；交办后往后改须写明理由。</numerusform>
        </translation>
    </message>
    <message>
        <source>Set deadline</source>
        <translation>改时限</translation>
    </message>
</context>
<context>
    <name>FindingDetail</name>
    <message>
        <source>Remind</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Note progress</source>
        <translation>记录跟踪</translation>
    </message>
    <message>
        <source>Check on site</source>
        <translation>现场复查</translation>
    </message>
</context>
<context>
    <name>FindingExport</name>
    <message>
        <source>Export lists</source>
        <translation>导出清单</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written to {name}</source>
        <translation>
            <numerusform>已导出 %n 行到 {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingFacts</name>
    <message numerus="yes">
        <source>put off %n time(s)</source>
        <translation>
            <numerusform>已延期 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>现场情况</translation>
    </message>
    <message>
        <source>Negative list</source>
        <translation>负面清单</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>风险等级</translation>
    </message>
    <message>
        <source>Responsibility</source>
        <translation>责任</translation>
    </message>
    <message>
        <source>At the enterprise</source>
        <translation>企业责任人</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Instructor</source>
        <translation>指导责任人</translation>
    </message>
    <message>
        <source>Service officer</source>
        <translation>服务员</translation>
    </message>
    <message>
        <source>Lead unit</source>
        <translation>主办单位</translation>
    </message>
    <message>
        <source>Co-units</source>
        <translation>协办单位</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>督办人</translation>
    </message>
    <message>
        <source>Rectification</source>
        <translation>整改</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>途径</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>整改措施</translation>
    </message>
    <message>
        <source>Interim control</source>
        <translation>临时管控</translation>
    </message>
    <message>
        <source>Platform no.</source>
        <translation>平台编号</translation>
    </message>
    <message>
        <source>write here</source>
        <translation>点此填写</translation>
    </message>
</context>
<context>
    <name>FindingFilters</name>
    <message>
        <source>Open</source>
        <translation>未销号</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>途径</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>风险等级</translation>
    </message>
    <message>
        <source>Focus area</source>
        <translation>重点内容</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>Put right this month</source>
        <translation>本月整改率</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Open {count}</source>
        <translation>未销号 {count}</translation>
    </message>
    <message>
        <source>Overdue {count}</source>
        <translation>超期 {count}</translation>
    </message>
    <message>
        <source>{closed} of {found} found this month are closed</source>
        <translation>本月发现 {found} 个，已销号 {closed} 个</translation>
    </message>
</context>
<context>
    <name>FindingList</name>
    <message>
        <source>Finding</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>检查项</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>风险等级</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>办理途径</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>整改时限</translation>
    </message>
    <message>
        <source>A failed or partial measure leaves one here, with deadline and route.</source>
        <translation>不符合或基本符合的项目会在这里留下问题、时限和途径。</translation>
    </message>
    <message>
        <source>No findings</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已销号</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>企业责任人</translation>
    </message>
</context>
<context>
    <name>FindingTerms</name>
    <message>
        <source>Severity</source>
        <translation>风险等级</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>办理途径</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>整改时限</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>企业责任人</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>look back {day}</source>
        <translation>{day} 回头看</translation>
    </message>
    <message>
        <source>Another name, then Enter</source>
        <translation>另填姓名，回车</translation>
    </message>
    <message>
        <source>same day</source>
        <translation>当日</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) later</source>
        <translation>
            <numerusform>%n 天后</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingTimeline</name>
    <message>
        <source>Timeline</source>
        <translation>办理时间线</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s), only ever added to</source>
        <translation>
            <numerusform>%n 条 · 只增不改</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message>
        <source>Export lists</source>
        <translation>导出清单</translation>
    </message>
    <message>
        <source>column</source>
        <translation>换列</translation>
    </message>
    <message>
        <source>select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>advance</source>
        <translation>推进状态</translation>
    </message>
    <message>
        <source>route</source>
        <translation>途径</translation>
    </message>
    <message>
        <source>deadline</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>No finding matches</source>
        <translation>没有符合条件的问题</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>No findings yet</source>
        <translation>还没有问题</translation>
    </message>
    <message>
        <source>A measure that fails or passes only partly on a visit leaves one here, with its deadline.</source>
        <translation>走访中不符合或基本符合的检查项会在这里留下问题和整改时限。</translation>
    </message>
    <message>
        <source>Open visits</source>
        <translation>打开走访</translation>
    </message>
    <message>
        <source>{count} shown</source>
        <translation>{count} 个</translation>
    </message>
    <message>
        <source>overdue {count}</source>
        <translation>超期 {count}</translation>
    </message>
    <message>
        <source>due today {count}</source>
        <translation>今天到期 {count}</translation>
    </message>
    <message>
        <source>None of {count} meets all conditions.</source>
        <translation>共 {count} 个问题，没有一个符合全部条件。</translation>
    </message>
</context>
<context>
    <name>FlagField</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>未查</translation>
    </message>
</context>
<context>
    <name>GapPanel</name>
    <message>
        <source>Each line leads there. What stays open is recorded as unchecked.</source>
        <translation>每一行可点去补。不补的按未查记录。</translation>
    </message>
    <message>
        <source>Go on with the visit</source>
        <translation>继续走访</translation>
    </message>
    <message>
        <source>Finish with gaps</source>
        <translation>带缺项完成</translation>
    </message>
    <message>
        <source>Still missing: {count}</source>
        <translation>还缺 {count} 项</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未查</translation>
    </message>
    <message>
        <source>photo missing</source>
        <translation>缺照片</translation>
    </message>
    <message>
        <source>reason missing</source>
        <translation>缺理由</translation>
    </message>
    <message>
        <source>signature missing</source>
        <translation>缺签名</translation>
    </message>
</context>
<context>
    <name>HealthChooser</name>
    <message>
        <source>Whose files?</source>
        <translation>查看哪家企业的档案？</translation>
    </message>
    <message>
        <source>Name, pinyin, initials or credit code</source>
        <translation>企业名称、拼音、首字母或信用代码</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Entered today</source>
        <translation>今日已测</translation>
    </message>
    <message>
        <source>Enterprises</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>No enterprise found</source>
        <translation>没有找到企业</translation>
    </message>
    <message>
        <source>Health files belong to an enterprise: import a roster of enterprises first.</source>
        <translation>健康档案归属企业，请先导入企业名册。</translation>
    </message>
    <message>
        <source>select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>HealthColumns</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Housing</source>
        <translation>住宿</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>健康码</translation>
    </message>
    <message>
        <source>Roaming</source>
        <translation>漫游地</translation>
    </message>
    <message>
        <source>pm</source>
        <translation>下午</translation>
    </message>
    <message>
        <source>Fever</source>
        <translation>发热</translation>
    </message>
    <message>
        <source>Symptom</source>
        <translation>有症状</translation>
    </message>
    <message>
        <source>No reading</source>
        <translation>未测</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>观察</translation>
    </message>
    <message>
        <source>Not looked at for more than 7 days</source>
        <translation>健康码超过 7 天未更新</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>已查</translation>
    </message>
    <message>
        <source>Came back within 14 days; the phone&apos;s places were not asked</source>
        <translation>14 天内返回，尚未查询手机漫游地</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>未查</translation>
    </message>
    <message>
        <source>due</source>
        <translation>缺</translation>
    </message>
    <message>
        <source>away</source>
        <translation>缺勤</translation>
    </message>
</context>
<context>
    <name>HealthFigures</name>
    <message>
        <source>Due</source>
        <translation>应测</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>已测</translation>
    </message>
    <message>
        <source>Fever, symptom</source>
        <translation>发热或有症状</translation>
    </message>
    <message>
        <source>No reading</source>
        <translation>未测</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>观察中</translation>
    </message>
    <message>
        <source>Roaming asked</source>
        <translation>漫游地查询</translation>
    </message>
</context>
<context>
    <name>HealthFilters</name>
    <message>
        <source>Name or whole number</source>
        <translation>姓名或完整号码</translation>
    </message>
    <message>
        <source>Trouble first</source>
        <translation>异常与未测在前</translation>
    </message>
    <message>
        <source>Trouble only</source>
        <translation>只看异常</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>已离职</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>HealthGrid</name>
    <message>
        <source>Reading</source>
        <translation>体温</translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message>
        <source>Import staff</source>
        <translation>导入名单</translation>
    </message>
    <message>
        <source>Add person</source>
        <translation>新增人员</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>paste from a table</source>
        <translation>从表格粘贴</translation>
    </message>
    <message>
        <source>next person</source>
        <translation>下一人</translation>
    </message>
    <message>
        <source>next cell</source>
        <translation>下一格</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>缺勤原因</translation>
    </message>
    <message>
        <source>symptom</source>
        <translation>症状</translation>
    </message>
    <message>
        <source>file</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>还没有健康档案</translation>
    </message>
    <message>
        <source>Import the enterprise&apos;s own list of staff from Excel, or add people one by one.</source>
        <translation>从 Excel 导入企业自己的员工名单，或逐个新增人员。</translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation>没有符合条件的人员</translation>
    </message>
    <message>
        <source>Show everybody</source>
        <translation>显示全部人员</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s), morning and afternoon, ℃</source>
        <translation>
            <numerusform>%n 人 · 上午 / 下午，单位 ℃</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) off duty, under observation</source>
        <translation>
            <numerusform>%n 人已转为观察，停止上岗</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) opened or changed</source>
        <translation>
            <numerusform>%n 份档案已新建或更新</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import enterprises</source>
        <translation>导入企业</translation>
    </message>
    <message>
        <source>Also take rows that need a decision</source>
        <translation>需要决定的行也导入</translation>
    </message>
    <message>
        <source>Only if every row is good</source>
        <translation>全部合格才导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Choose a roster, or drop it here</source>
        <translation>选择名册文件，或拖到这里</translation>
    </message>
    <message>
        <source>Excel (.xlsx, .xls) or CSV. Title rows, merged headers and several sheets are fine.</source>
        <translation>Excel（.xlsx、.xls）或 CSV。有标题行、合并表头、多个工作表都可以。</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a roster</source>
        <translation>选择名册</translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation>正在读取 {file}</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>totals {count}</source>
        <translation>跳过合计行 {count}</translation>
    </message>
    <message>
        <source>group rows {count}</source>
        <translation>分组行 {count}</translation>
    </message>
    <message>
        <source>notes {count}</source>
        <translation>说明行 {count}</translation>
    </message>
    <message>
        <source>hidden rows read {count}</source>
        <translation>读入隐藏行 {count}</translation>
    </message>
    <message>
        <source>Import {new}, update {changed}</source>
        <translation>导入 {new} 家，更新 {changed} 家</translation>
    </message>
    <message>
        <source>{count} rows are rejected</source>
        <translation>有 {count} 行退回</translation>
    </message>
    <message>
        <source>Importing {file}</source>
        <translation>正在导入 {file}</translation>
    </message>
    <message>
        <source>{new} enterprises imported, {changed} updated</source>
        <translation>已导入 {new} 家，更新 {changed} 家</translation>
    </message>
    <message>
        <source>Save rows with reasons</source>
        <translation>导出带原因的表</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>已存为 {file}</translation>
    </message>
</context>
<context>
    <name>ImportMapping</name>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Header rows</source>
        <translation>表头行</translation>
    </message>
    <message>
        <source>Remembered for the next file with this header</source>
        <translation>记住这份对应，下次同样的表头自动套用</translation>
    </message>
    <message>
        <source>Sheet: {name}   {number} / {count}</source>
        <translation>工作表：{name}   {number} / {count}</translation>
    </message>
    <message>
        <source>Column in the file</source>
        <translation>文件里的列</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>Read into</source>
        <translation>对应到</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>column {letter}</source>
        <translation>{letter} 列</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>guessed</source>
        <translation>推测</translation>
    </message>
    <message>
        <source>remembered</source>
        <translation>已记住</translation>
    </message>
    <message>
        <source>Not imported</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Header: row {first}</source>
        <translation>表头：第 {first} 行</translation>
    </message>
    <message>
        <source>Header: rows {first}-{last}</source>
        <translation>表头：第 {first}-{last} 行</translation>
    </message>
</context>
<context>
    <name>ImportPreview</name>
    <message>
        <source>Save rows with reasons</source>
        <translation>导出带原因的表</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业名称</translation>
    </message>
    <message>
        <source>Credit code</source>
        <translation>信用代码</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>复工日期</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>ImportProgress</name>
    <message>
        <source>Cancel, write nothing</source>
        <translation>取消，不写入</translation>
    </message>
    <message>
        <source>Checking the file</source>
        <translation>检查文件</translation>
    </message>
    <message>
        <source>Reading the sheets</source>
        <translation>读取工作表</translation>
    </message>
    <message>
        <source>Checking rows</source>
        <translation>核对各行</translation>
    </message>
    <message>
        <source>Comparing with the register</source>
        <translation>与名册比对</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
</context>
<context>
    <name>ImportSteps</name>
    <message>
        <source>Choose file</source>
        <translation>选文件</translation>
    </message>
    <message>
        <source>Match and preview</source>
        <translation>对应与预览</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>IsolationPage</name>
    <message>
        <source>No enterprise with isolation or disinfection yet</source>
        <translation>还没有企业的隔离点或消毒记录</translation>
    </message>
    <message>
        <source>Open an enterprise or begin a visit: its isolation site, people and disinfections stand here.</source>
        <translation>打开一家企业或开始走访后，这里显示它的隔离点、观察人员和消毒记录。</translation>
    </message>
    <message>
        <source>Open enterprises</source>
        <translation>打开企业</translation>
    </message>
    <message>
        <source>New site</source>
        <translation>新建隔离点</translation>
    </message>
    <message>
        <source>All enterprises</source>
        <translation>全部企业</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>没有保存</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保存</translation>
    </message>
</context>
<context>
    <name>IssueDialog</name>
    <message>
        <source>Issue letter</source>
        <translation>签发建议书</translation>
    </message>
    <message>
        <source>Issue this letter?</source>
        <translation>签发这份建议书?</translation>
    </message>
    <message>
        <source>It gets its number, and its pages and their hash are frozen. From then on it can only be replaced by a new letter that names it.</source>
        <translation>签发后取得文号,正文、页面和校验值随即定稿;以后只能用注明原文号的新建议书替换。</translation>
    </message>
    <message>
        <source>To</source>
        <translation>发往</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>the next of this computer&apos;s series</source>
        <translation>本机号段的下一号</translation>
    </message>
    <message>
        <source>Replaces</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>尚缺</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续修改</translation>
    </message>
    <message>
        <source>Issue and number</source>
        <translation>签发并编号</translation>
    </message>
</context>
<context>
    <name>ItemBlock</name>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Leave {measure} out of the letter</source>
        <translation>{measure} 不写入建议书</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>企业责任人</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>整改时限</translation>
    </message>
    <message>
        <source>Look-back</source>
        <translation>回头看</translation>
    </message>
</context>
<context>
    <name>LetterBar</name>
    <message>
        <source>Date of the letter</source>
        <translation>建议书日期</translation>
    </message>
    <message>
        <source>Official form</source>
        <translation>公文版式</translation>
    </message>
    <message>
        <source>Letter form</source>
        <translation>信函版式</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>重新出具…</translation>
    </message>
    <message>
        <source>Save PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Recommendation letter</source>
        <translation>专业建议书</translation>
    </message>
    <message>
        <source>replaces {number}</source>
        <translation>替换 {number}</translation>
    </message>
    <message>
        <source>number given at issue</source>
        <translation>签发时编号</translation>
    </message>
</context>
<context>
    <name>LetterChecks</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>共 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>ready to issue</source>
        <translation>可以签发</translation>
    </message>
    <message>
        <source>frozen, SHA-256 {hash}…</source>
        <translation>已定稿，SHA-256 {hash}…</translation>
    </message>
    <message>
        <source>original on another device</source>
        <translation>原件在其他设备</translation>
    </message>
    <message>
        <source>void: {reason}</source>
        <translation>作废：{reason}</translation>
    </message>
    <message>
        <source>A letter of one or two pages is read to its end.</source>
        <translation>一两页的建议书才会被读完。</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>no letterhead</source>
        <translation>缺发文机关</translation>
    </message>
    <message>
        <source>no addressee</source>
        <translation>缺主送单位</translation>
    </message>
    <message>
        <source>no title</source>
        <translation>缺标题</translation>
    </message>
    <message>
        <source>no opening</source>
        <translation>缺开头</translation>
    </message>
    <message>
        <source>a problem is empty</source>
        <translation>有问题未填</translation>
    </message>
    <message>
        <source>an advice is empty</source>
        <translation>有建议未填</translation>
    </message>
    <message>
        <source>words of orders</source>
        <translation>有执法用语</translation>
    </message>
    <message>
        <source>names of patients</source>
        <translation>出现个人健康信息</translation>
    </message>
    <message>
        <source>deadlines differ</source>
        <translation>整改表对不上</translation>
    </message>
    <message>
        <source>problem too long</source>
        <translation>问题过长</translation>
    </message>
    <message>
        <source>advice too long</source>
        <translation>建议过长</translation>
    </message>
    <message>
        <source>owner missing</source>
        <translation>缺责任人</translation>
    </message>
    <message>
        <source>deadline missing</source>
        <translation>缺期限</translation>
    </message>
    <message>
        <source>deadline has passed</source>
        <translation>期限已过</translation>
    </message>
    <message>
        <source>no problem listed</source>
        <translation>没有列出问题</translation>
    </message>
    <message>
        <source>no contact</source>
        <translation>缺联系人</translation>
    </message>
    <message>
        <source>no signer</source>
        <translation>缺签名人</translation>
    </message>
    <message>
        <source>odd number</source>
        <translation>文号不合格式</translation>
    </message>
</context>
<context>
    <name>LetterEditor</name>
    <message>
        <source>Opening</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Situation</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>from this visit</source>
        <translation>取自本次走访</translation>
    </message>
    <message>
        <source>Signed by hand</source>
        <translation>签名人</translation>
    </message>
    <message>
        <source>one line each: post, blank, name</source>
        <translation>每行一位：职务 姓名，中间空一格</translation>
    </message>
    <message>
        <source>Problems and advice · one to one</source>
        <translation>问题与建议 · 一一对应</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>one line each</source>
        <translation>每行一位</translation>
    </message>
    <message>
        <source>Take in {count} left out</source>
        <translation>收回未写入的 {count} 项</translation>
    </message>
</context>
<context>
    <name>LetterFooter</name>
    <message>
        <source>Issue…</source>
        <translation>签发…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Being issued…</source>
        <translation>正在签发…</translation>
    </message>
</context>
<context>
    <name>LetterList</name>
    <message>
        <source>Letter</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Issued on</source>
        <translation>签发日期</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Composed from the failed measures of a visit under Documents.</source>
        <translation>在文书页由走访的不符合项目生成。</translation>
    </message>
    <message>
        <source>No letters yet</source>
        <translation>还没有建议书</translation>
    </message>
    <message>
        <source>Draft without number</source>
        <translation>草稿，未编号</translation>
    </message>
    <message>
        <source>Recommendation letters</source>
        <translation>专业建议书</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>No letter yet</source>
        <translation>还没有建议书</translation>
    </message>
    <message>
        <source>A visit with findings stands here as soon as something was not passed.</source>
        <translation>走访中一有不符合项,就会列在这里等待出具建议书。</translation>
    </message>
    <message>
        <source>select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>open or write</source>
        <translation>打开或起草</translation>
    </message>
    <message>
        <source>{count} to write or issue</source>
        <translation>{count} 份待起草或签发</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) of the visit</source>
        <translation>
            <numerusform>走访发现 %n 项问题</numerusform>
        </translation>
    </message>
    <message>
        <source>To write</source>
        <translation>待起草</translation>
    </message>
    <message>
        <source>given at issue</source>
        <translation>签发时编号</translation>
    </message>
</context>
<context>
    <name>LetterOutput</name>
    <message>
        <source>Save PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>draft letter</source>
        <translation>建议书草稿</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>已送打印机</translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation>已存为 {file}</translation>
    </message>
</context>
<context>
    <name>LetterPage</name>
    <message>
        <source>{measure} left out of the letter</source>
        <translation>{measure} 未写入建议书</translation>
    </message>
    <message>
        <source>{number} issued and frozen</source>
        <translation>{number} 已签发定稿</translation>
    </message>
</context>
<context>
    <name>LetterPreview</name>
    <message>
        <source>A4 preview</source>
        <translation>A4 预览</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>A4 preview · page {page} of {pages}</source>
        <translation>A4 预览 · 第 {page} / {pages} 页</translation>
    </message>
</context>
<context>
    <name>LetterSentences</name>
    <message>
        <source>Edit</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>LookBackPanel</name>
    <message>
        <source>Findings to look back on</source>
        <translation>回头看的问题</translation>
    </message>
    <message>
        <source>select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>open the finding</source>
        <translation>打开问题</translation>
    </message>
    <message>
        <source>to the visit</source>
        <translation>回到走访</translation>
    </message>
    <message>
        <source>Without its photo what is put right on the spot awaits its check and is not closed.</source>
        <translation>当场解决的问题附上整改后照片才能销号，没有照片的转为待复查。</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次走访</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>风险等级</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>本次</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>Look back: {seen} of {all}</source>
        <translation>回头看：已看 {seen}，共 {all}</translation>
    </message>
    <message>
        <source>closed on {day}</source>
        <translation>{day}销号</translation>
    </message>
    <message>
        <source>promised by {day}</source>
        <translation>承诺 {day}前完成</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Zhuqi desk</source>
        <translation>驻企工作台</translation>
    </message>
    <message>
        <source>Something in the program broke ({name}). What was saved is safe; the log has the details.</source>
        <translation>程序内部出错（{name}）。已保存的内容没有受影响；详情在日志里。</translation>
    </message>
</context>
<context>
    <name>MeasureForm</name>
    <message>
        <source>Add photos</source>
        <translation>加照片</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>MeasureHeading</name>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>photo required</source>
        <translation>照片必附</translation>
    </message>
    <message>
        <source>photo useful</source>
        <translation>宜附照片</translation>
    </message>
    <message>
        <source>Check points</source>
        <translation>检查要点</translation>
    </message>
    <message>
        <source>each</source>
        <translation>逐条</translation>
    </message>
</context>
<context>
    <name>MeasureTree</name>
    <message>
        <source>Measures</source>
        <translation>检查项</translation>
    </message>
</context>
<context>
    <name>NextSteps</name>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Not here: {moves}</source>
        <translation>不能办：{moves}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Enterprises</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Isolation, disinfection</source>
        <translation>隔离与消毒</translation>
    </message>
    <message>
        <source>Health files</source>
        <translation>健康档案</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>Journal, report</source>
        <translation>日志日报</translation>
    </message>
    <message>
        <source>Handbook</source>
        <translation>手册</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>PasteReport</name>
    <message>
        <source>Copy these cells</source>
        <translation>复制这些单元格</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) of the paste were not taken.</source>
        <translation>
            <numerusform>粘贴内容中有 %n 格没有登记。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 格</numerusform>
        </translation>
    </message>
    <message>
        <source>Row {row}</source>
        <translation>第 {row} 行</translation>
    </message>
</context>
<context>
    <name>PhotoFrame</name>
    <message>
        <source>not on this device</source>
        <translation>不在本机</translation>
    </message>
</context>
<context>
    <name>PhotoThumb</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>{name} – Enter shows it, Delete removes it</source>
        <translation>{name}：回车查看，Delete 移除</translation>
    </message>
    <message>
        <source>preparing…</source>
        <translation>处理中…</translation>
    </message>
    <message>
        <source>not on this device</source>
        <translation>不在本机</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>any key closes</source>
        <translation>按任意键关闭</translation>
    </message>
</context>
<context>
    <name>PhraseRow</name>
    <message>
        <source>Phrases</source>
        <translation>常用语</translation>
    </message>
</context>
<context>
    <name>Premises</name>
    <message>
        <source>done again since</source>
        <translation>之后已再做</translation>
    </message>
    <message>
        <source>room {number}</source>
        <translation>{number} 室</translation>
    </message>
    <message>
        <source>read in the source</source>
        <translation>依据已核</translation>
    </message>
    <message>
        <source>source still to be checked</source>
        <translation>依据待核</translation>
    </message>
    <message>
        <source>a proposal, no official number found</source>
        <translation>建议值，未见官方数字</translation>
    </message>
    <message>
        <source>source to be checked</source>
        <translation>依据待核</translation>
    </message>
    <message>
        <source>proposal</source>
        <translation>建议值</translation>
    </message>
    <message>
        <source>more than one person in a room</source>
        <translation>有房间住了多人</translation>
    </message>
    <message numerus="yes">
        <source>%n room(s) short</source>
        <translation>
            <numerusform>缺 %n 间</numerusform>
        </translation>
    </message>
    <message>
        <source>{rooms} rooms / {persons} persons</source>
        <translation>{rooms} 间 / {persons} 人</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) over</source>
        <translation>
            <numerusform>超 %n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) over</source>
        <translation>
            <numerusform>超 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>lacking: {what}</source>
        <translation>缺{what}</translation>
    </message>
</context>
<context>
    <name>PremisesForms</name>
    <message>
        <source>Record a disinfection</source>
        <translation>记一次消毒</translation>
    </message>
    <message>
        <source>New isolation site</source>
        <translation>新建隔离点</translation>
    </message>
    <message>
        <source>Add rooms</source>
        <translation>添加房间</translation>
    </message>
    <message>
        <source>State of a room</source>
        <translation>房间状态</translation>
    </message>
    <message>
        <source>No employee to choose: make the person&apos;s file under health files first.</source>
        <translation>没有可选的员工：请先在健康档案中为其建档。</translation>
    </message>
    <message>
        <source>No free room: add one, or disinfect one that waits for it.</source>
        <translation>没有空房间：请添加房间，或先对待消毒的房间做终末消毒。</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>入住</translation>
    </message>
    <message>
        <source>Other room</source>
        <translation>换房间</translation>
    </message>
    <message>
        <source>Steps of the emergency</source>
        <translation>应急处置步骤</translation>
    </message>
    <message>
        <source>End of the observation</source>
        <translation>结束观察</translation>
    </message>
    <message>
        <source>Premises</source>
        <translation>场所</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>日常管理</translation>
    </message>
    <message>
        <source>People and transfer</source>
        <translation>人员与转运</translation>
    </message>
    <message>
        <source>Supplies, pieces</source>
        <translation>物资（件）</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核查</translation>
    </message>
    <message>
        <source>Several with a blank between: 501 502 503</source>
        <translation>多间用空格隔开：501 502 503</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Terminal disinfection of room</source>
        <translation>终末消毒的房间</translation>
    </message>
    <message>
        <source>Where and how</source>
        <translation>场所与方法</translation>
    </message>
    <message>
        <source>With what</source>
        <translation>药剂</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全</translation>
    </message>
</context>
<context>
    <name>PremisesList</name>
    <message>
        <source>All enterprises</source>
        <translation>全部企业</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>隔离点</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>在住人数</translation>
    </message>
    <message>
        <source>Ending by today</source>
        <translation>今日期满</translation>
    </message>
    <message>
        <source>Disinfection due</source>
        <translation>消毒到期</translation>
    </message>
    <message>
        <source>Last disinfected</source>
        <translation>最近消毒</translation>
    </message>
    <message>
        <source>select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PremisesView</name>
    <message>
        <source>Isolation site</source>
        <translation>集中隔离观察点</translation>
    </message>
    <message>
        <source>No site recorded here: no observation point, no emergency area.</source>
        <translation>这家企业还没有登记集中隔离观察点。</translation>
    </message>
    <message>
        <source>Record a site</source>
        <translation>登记隔离点</translation>
    </message>
</context>
<context>
    <name>ProblemStrip</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ReadingEntry</name>
    <message>
        <source>Unusual: measure again by ear or mercury after 5 minutes.</source>
        <translation>读数异常：请 5 分钟后用耳温枪或水银体温计复测。</translation>
    </message>
    <message>
        <source>Reading taken away</source>
        <translation>体温已清除</translation>
    </message>
    <message>
        <source>Reading replaced</source>
        <translation>体温已改正</translation>
    </message>
    <message numerus="yes">
        <source>%n reading(s) pasted</source>
        <translation>
            <numerusform>已粘贴 %n 个体温</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReasonMenu</name>
    <message>
        <source>Why is it not applicable?</source>
        <translation>不适用的理由</translation>
    </message>
    <message>
        <source>Another reason, in the note</source>
        <translation>其他理由，写在备注里</translation>
    </message>
</context>
<context>
    <name>RecordForm</name>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Back without keeping</source>
        <translation>不保存返回</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>like 16:30</source>
        <translation>格式如 16:30</translation>
    </message>
</context>
<context>
    <name>Register</name>
    <message>
        <source>Enterprise</source>
        <translation>企业名称</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Industry</source>
        <translation>行业</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次走访</translation>
    </message>
    <message>
        <source>Days since</source>
        <translation>距今</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未销号</translation>
    </message>
    <message>
        <source>On duty / due</source>
        <translation>在岗/应到</translation>
    </message>
    <message>
        <source>Attendance</source>
        <translation>到岗率</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} 天</translation>
    </message>
</context>
<context>
    <name>ReissuePanel</name>
    <message>
        <source>Replace this letter</source>
        <translation>重新出具这份建议书</translation>
    </message>
    <message>
        <source>Reason, such as: owner&apos;s name was wrong</source>
        <translation>原因,例如:责任人姓名有误</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Draft the new letter</source>
        <translation>起草新建议书</translation>
    </message>
    <message>
        <source>{number} stays on file as void once the new letter is issued; the new one names it.</source>
        <translation>新建议书签发后,{number} 作废留档;新建议书会注明原文号。</translation>
    </message>
</context>
<context>
    <name>ResultCounts</name>
    <message>
        <source>Pass</source>
        <translation>符合</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>基本</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>N/A</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未查</translation>
    </message>
</context>
<context>
    <name>RoamingQueries</name>
    <message>
        <source>Roaming query</source>
        <translation>漫游地查询</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>运营商</translation>
    </message>
    <message>
        <source>Places, e.g. 杭州, 武汉! (! = high risk)</source>
        <translation>到访地，如：杭州，武汉!（!为高风险）</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>到访地</translation>
    </message>
    <message>
        <source>Why there is no result</source>
        <translation>无结果原因</translation>
    </message>
    <message>
        <source>has a result</source>
        <translation>有结果</translation>
    </message>
    <message>
        <source>Agrees with what the person declared</source>
        <translation>与本人申报一致</translation>
    </message>
    <message>
        <source>Record query</source>
        <translation>登记查询</translation>
    </message>
    <message>
        <source>Not asked yet. The person sends CXMYD to 10001, 10086 or 10010.</source>
        <translation>尚未查询。由本人发送 CXMYD 到 10001、10086 或 10010。</translation>
    </message>
    <message>
        <source>differs from the declaration</source>
        <translation>与申报不一致</translation>
    </message>
</context>
<context>
    <name>RosterField</name>
    <message>
        <source>not imported</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Enterprise name</source>
        <translation>企业名称</translation>
    </message>
    <message>
        <source>Credit code</source>
        <translation>信用代码</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Township</source>
        <translation>镇街</translation>
    </message>
    <message>
        <source>County</source>
        <translation>县区</translation>
    </message>
    <message>
        <source>Industry</source>
        <translation>行业</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Capital</source>
        <translation>注册资本</translation>
    </message>
    <message>
        <source>Registered on</source>
        <translation>成立日期</translation>
    </message>
    <message>
        <source>Resumed on</source>
        <translation>复工日期</translation>
    </message>
    <message>
        <source>Staff due</source>
        <translation>应到岗</translation>
    </message>
    <message>
        <source>Staff on duty</source>
        <translation>在岗人数</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>经度</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>纬度</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Contact and phone</source>
        <translation>联系人和电话</translation>
    </message>
</context>
<context>
    <name>RosterStatus</name>
    <message>
        <source>Good</source>
        <translation>可导入</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Please decide</source>
        <translation>待决定</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>退回</translation>
    </message>
</context>
<context>
    <name>SearchList</name>
    <message>
        <source>Enterprises</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>All {count} in the register</source>
        <translation>在名册中看全部 {count} 家</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>by characters, pinyin, initials or code</source>
        <translation>可用汉字、拼音、首字母或信用代码</translation>
    </message>
</context>
<context>
    <name>SettingsDevice</name>
    <message>
        <source>Centre and this computer</source>
        <translation>中心与本机</translation>
    </message>
    <message>
        <source>Sync by itself when a connection appears</source>
        <translation>有网络时自动同步</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>指导员</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Grids</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Device code</source>
        <translation>本机代号</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Sync and enrolment</source>
        <translation>同步与登记</translation>
    </message>
    <message>
        <source>Enrol this computer…</source>
        <translation>登记这台电脑…</translation>
    </message>
    <message>
        <source>Until this computer is enrolled everything is kept on it, and nothing is sent.</source>
        <translation>登记之前，所有内容都保存在本机，不会发送。</translation>
    </message>
    <message>
        <source>in the key store of this system</source>
        <translation>存放在系统的密钥库中</translation>
    </message>
    <message>
        <source>in the file of the workspace: this system has no key store that answers</source>
        <translation>存放在工作区文件中：这个系统没有可用的密钥库</translation>
    </message>
    <message>
        <source>none: enrolled by file, exchange by stick only</source>
        <translation>没有：用登记文件登记，只能用 U 盘交换</translation>
    </message>
    <message>
        <source>only the authority given at enrolment is trusted</source>
        <translation>只信任登记时指定的证书颁发机构</translation>
    </message>
    <message>
        <source>the authorities of this system are trusted</source>
        <translation>信任系统的证书颁发机构</translation>
    </message>
    <message>
        <source>keys exchanged</source>
        <translation>已与中心交换密钥</translation>
    </message>
    <message>
        <source>no keys yet</source>
        <translation>还没有与中心交换密钥</translation>
    </message>
</context>
<context>
    <name>SettingsLetterhead</name>
    <message>
        <source>Letterhead and number</source>
        <translation>建议书的发文机关与编号</translation>
    </message>
    <message>
        <source>Letterhead</source>
        <translation>发文机关标志</translation>
    </message>
    <message>
        <source>in red at the top of every letter</source>
        <translation>每份建议书顶端的红字</translation>
    </message>
    <message>
        <source>Issuing body</source>
        <translation>落款机关</translation>
    </message>
    <message>
        <source>under the text; empty: as the letterhead</source>
        <translation>正文之后；不填时与发文机关标志相同</translation>
    </message>
    <message>
        <source>Prefix of the number</source>
        <translation>发文字号的机关代字</translation>
    </message>
    <message>
        <source>before the year</source>
        <translation>在年份之前</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>one line each, as they stand in the letter</source>
        <translation>每行一条，照原样印在建议书上</translation>
    </message>
    <message>
        <source>Letters that are begun keep what they have; issued ones never change.</source>
        <translation>已起草的建议书保持原样，已签发的不再改变。</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Without a letterhead no letter can be issued</source>
        <translation>没有发文机关标志，不能签发建议书</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Language and look</source>
        <translation>语言与外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>字号</translation>
    </message>
</context>
<context>
    <name>SiteView</name>
    <message>
        <source>Go on there</source>
        <translation>去办理</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>现场</translation>
    </message>
    <message>
        <source>All {count} checks</source>
        <translation>显示全部 {count} 项</translation>
    </message>
    <message>
        <source>Record what was found (E)</source>
        <translation>录入现场情况（E）</translation>
    </message>
    <message>
        <source>Add rooms</source>
        <translation>添加房间</translation>
    </message>
    <message>
        <source>Close a room or make it ready</source>
        <translation>停用房间或恢复可用</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>入住</translation>
    </message>
    <message>
        <source>no room yet</source>
        <translation>还没有房间</translation>
    </message>
    <message numerus="yes">
        <source>%n room(s)</source>
        <translation>
            <numerusform>%n 间</numerusform>
        </translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>{count} in it</source>
        <translation>在住 {count} 人</translation>
    </message>
    <message>
        <source>{count} free</source>
        <translation>余 {count} 间</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 项不符合</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partial</source>
        <translation>
            <numerusform>%n 项基本符合</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not looked at</source>
        <translation>
            <numerusform>%n 项未查</numerusform>
        </translation>
    </message>
    <message>
        <source>in order</source>
        <translation>全部符合</translation>
    </message>
</context>
<context>
    <name>SituationPanel</name>
    <message>
        <source>Head counts</source>
        <translation>人数与设施</translation>
    </message>
    <message>
        <source>They open the letter; what stays empty is left out.</source>
        <translation>写在建议书开头；空着的不写。</translation>
    </message>
    <message>
        <source>people</source>
        <translation>人</translation>
    </message>
    <message>
        <source>rooms</source>
        <translation>间</translation>
    </message>
    <message>
        <source>seats</source>
        <translation>座</translation>
    </message>
    <message>
        <source>turns</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Staff due</source>
        <translation>应到岗</translation>
    </message>
    <message>
        <source>Staff on duty</source>
        <translation>在岗人数</translation>
    </message>
    <message>
        <source>Back from other provinces</source>
        <translation>省外返岗</translation>
    </message>
    <message>
        <source>Under observation</source>
        <translation>观察中</translation>
    </message>
    <message>
        <source>Dormitory rooms</source>
        <translation>宿舍间数</translation>
    </message>
    <message>
        <source>In dormitories</source>
        <translation>住宿人数</translation>
    </message>
    <message>
        <source>Canteen seats open</source>
        <translation>食堂开放座位</translation>
    </message>
    <message>
        <source>Canteen turns</source>
        <translation>就餐批次</translation>
    </message>
</context>
<context>
    <name>StaffImport</name>
    <message>
        <source>Import staff</source>
        <translation>导入员工名单</translation>
    </message>
    <message>
        <source>Choose the enterprise&apos;s own list of staff</source>
        <translation>选择企业自己的员工名单</translation>
    </message>
    <message>
        <source>Excel or CSV with a column of names; other columns are found by their headings. Or drop it here.</source>
        <translation>Excel 或 CSV，需有“姓名”列，其他列按表头自动识别。也可以拖到这里。</translation>
    </message>
    <message>
        <source>Choose file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation>正在读取 {file}</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>文件中的行</translation>
    </message>
    <message>
        <source>Columns: {columns}</source>
        <translation>识别的列：{columns}</translation>
    </message>
    <message numerus="yes">
        <source>Import %n row(s)</source>
        <translation>
            <numerusform>导入 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{imported} new, {updated} changed, {unchanged} as they are; {duplicates} twice, {unsettled} to be checked, {rejected} not taken.</source>
        <translation>新建 {imported} 份，更新 {updated} 份，未变 {unchanged} 份；重复 {duplicates} 行，待核对 {unsettled} 行，退回 {rejected} 行。</translation>
    </message>
    <message>
        <source>new file</source>
        <translation>新建档案</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>未变</translation>
    </message>
    <message>
        <source>twice</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>to be checked</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>不导入</translation>
    </message>
</context>
<context>
    <name>StandingWatch</name>
    <message>
        <source>Not enrolled yet</source>
        <translation>尚未登记</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Pass</source>
        <translation>符合</translation>
    </message>
    <message>
        <source>Partial</source>
        <translation>基本符合</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>不符合</translation>
    </message>
    <message>
        <source>N/A</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>Unchecked</source>
        <translation>未查</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>{count} waiting to sync</source>
        <translation>{count} 条待同步</translation>
    </message>
    <message>
        <source>Workspace is not encrypted</source>
        <translation>工作区未加密</translation>
    </message>
    <message>
        <source>All saved {time}</source>
        <translation>已全部保存 {time}</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Syncing {percent}%</source>
        <translation>同步中 {percent}%</translation>
    </message>
    <message>
        <source>Synced {time}</source>
        <translation>已同步 {time}</translation>
    </message>
    <message>
        <source>{count} to decide</source>
        <translation>{count} 处待决定</translation>
    </message>
    <message>
        <source>{count} not accepted</source>
        <translation>{count} 条未被接收</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>数据在本机</translation>
    </message>
</context>
<context>
    <name>StayList</name>
    <message>
        <source>Under observation</source>
        <translation>观察人员</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>员工</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Temperatures</source>
        <translation>测温</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>期满</translation>
    </message>
    <message>
        <source>Nobody is under observation.</source>
        <translation>目前没有观察人员。</translation>
    </message>
    <message>
        <source>other room</source>
        <translation>换房间</translation>
    </message>
    <message>
        <source>steps of an emergency</source>
        <translation>应急步骤</translation>
    </message>
    <message>
        <source>end</source>
        <translation>结束观察</translation>
    </message>
    <message>
        <source>abnormal</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>{there} · due: {slots}</source>
        <translation>{there} · 应测{slots}</translation>
    </message>
    <message>
        <source>may be released</source>
        <translation>可以解除</translation>
    </message>
    <message>
        <source>over, not to release</source>
        <translation>期满，暂不能解除</translation>
    </message>
</context>
<context>
    <name>SymptomMenu</name>
    <message>
        <source>Symptoms</source>
        <translation>症状</translation>
    </message>
</context>
<context>
    <name>SyncAdoption</name>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>{count} records were made before this computer was enrolled and are not sent yet. Choose the grid they belong to.</source>
        <translation>登记这台电脑之前有 {count} 条记录，还没有发送。请选择它们所属的网格。</translation>
    </message>
</context>
<context>
    <name>SyncConflicts</name>
    <message>
        <source>Changed in two places</source>
        <translation>两处都改了</translation>
    </message>
    <message>
        <source>to be decided</source>
        <translation>待决定</translation>
    </message>
    <message>
        <source>Decide one by one</source>
        <translation>逐条决定</translation>
    </message>
</context>
<context>
    <name>SyncEnrolment</name>
    <message>
        <source>Enrol this computer</source>
        <translation>登记这台电脑</translation>
    </message>
    <message>
        <source>Your administrator gives you the centre&apos;s address and a code that works once. Until then everything you record is kept on this computer and waits.</source>
        <translation>管理员会给您中心的地址和一个一次性登记码。在此之前，您记录的内容都保存在本机，等待发送。</translation>
    </message>
    <message>
        <source>Address of the centre</source>
        <translation>中心地址</translation>
    </message>
    <message>
        <source>Enrolment code</source>
        <translation>登记码</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Enrol by a ticket file…</source>
        <translation>用登记文件登记…</translation>
    </message>
    <message>
        <source>Enter the address</source>
        <translation>请填写地址</translation>
    </message>
    <message>
        <source>Enter the code</source>
        <translation>请填写登记码</translation>
    </message>
    <message>
        <source>Asking the centre…</source>
        <translation>正在询问中心…</translation>
    </message>
    <message>
        <source>Reading the ticket…</source>
        <translation>正在读取登记文件…</translation>
    </message>
    <message>
        <source>Check the address</source>
        <translation>请检查地址</translation>
    </message>
    <message>
        <source>Check the code</source>
        <translation>请检查登记码</translation>
    </message>
    <message>
        <source>Certificate of the centre&apos;s authority</source>
        <translation>中心的证书颁发机构证书</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Certificate of the centre…</source>
        <translation>中心的证书…</translation>
    </message>
    <message>
        <source>only where your administrator gave you one (PEM)</source>
        <translation>只在管理员给了证书文件（PEM）时需要</translation>
    </message>
    <message>
        <source>Without this certificate</source>
        <translation>不用这个证书</translation>
    </message>
    <message>
        <source>{file}: only this authority is trusted</source>
        <translation>{file}：只信任这个颁发机构</translation>
    </message>
</context>
<context>
    <name>SyncHero</name>
    <message>
        <source>Sync now</source>
        <translation>开始同步</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>You can go on working. Calling it off loses nothing.</source>
        <translation>可继续工作；随时取消都不会丢失数据。</translation>
    </message>
    <message>
        <source>after the records</source>
        <translation>等待记录上传完成</translation>
    </message>
    <message>
        <source>asking the centre</source>
        <translation>正在询问中心</translation>
    </message>
    <message>
        <source>{count} records</source>
        <translation>{count} 条</translation>
    </message>
    <message>
        <source>Stopping after this step…</source>
        <translation>完成这一步后停止…</translation>
    </message>
    <message>
        <source>Asking the centre…</source>
        <translation>正在询问中心…</translation>
    </message>
    <message>
        <source>Sending records</source>
        <translation>正在上传记录</translation>
    </message>
    <message>
        <source>Receiving from the centre</source>
        <translation>正在接收中心的内容</translation>
    </message>
    <message>
        <source>Sending photos</source>
        <translation>正在上传照片</translation>
    </message>
    <message>
        <source>Comparing with the centre</source>
        <translation>正在与中心核对</translation>
    </message>
    <message>
        <source>The network was cut; trying again</source>
        <translation>网络中断，正在重试</translation>
    </message>
</context>
<context>
    <name>SyncHistory</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Export log</source>
        <translation>导出日志</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>No exchange with the centre yet.</source>
        <translation>还没有与中心同步过。</translation>
    </message>
    <message>
        <source>sent {count}</source>
        <translation>上传 {count}</translation>
    </message>
    <message>
        <source>received {count}</source>
        <translation>下载 {count}</translation>
    </message>
    <message>
        <source>photos {count}</source>
        <translation>照片 {count}</translation>
    </message>
    <message>
        <source>broken off; nothing lost</source>
        <translation>中断，没有丢失</translation>
    </message>
    <message>
        <source>called off</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>没有连上</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>没有完成</translation>
    </message>
</context>
<context>
    <name>SyncOptions</name>
    <message>
        <source>Sync by itself when a connection appears</source>
        <translation>有网络时自动同步</translation>
    </message>
    <message>
        <source>Save unsent work as a file…</source>
        <translation>未发送的工作另存为文件…</translation>
    </message>
    <message>
        <source>Works even without sign-in. The file is not encrypted.</source>
        <translation>未登记、登记失效时也能用。文件没有加密。</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Enrol again…</source>
        <translation>重新登记…</translation>
    </message>
    <message>
        <source>Last sync {moment}.</source>
        <translation>上次同步 {moment}。</translation>
    </message>
    <message>
        <source>Never synced yet.</source>
        <translation>还没有同步过。</translation>
    </message>
    <message>
        <source>Everything is on this computer and stays until the centre has confirmed it.</source>
        <translation>数据都在本机，中心确认前不会删除。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) to send</source>
        <translation>
            <numerusform>%Ln 条待同步</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a grid below, then sync</source>
        <translation>请先在下面选择网格，再同步</translation>
    </message>
    <message>
        <source>Changed in two places</source>
        <translation>两处都改了</translation>
    </message>
    <message>
        <source>Export log</source>
        <translation>导出日志</translation>
    </message>
    <message>
        <source>sync log</source>
        <translation>同步日志</translation>
    </message>
    <message>
        <source>Save unsent work</source>
        <translation>保存未发送的工作</translation>
    </message>
    <message>
        <source>unsent work</source>
        <translation>未发送的工作</translation>
    </message>
    <message>
        <source>Allow removal and sync</source>
        <translation>允许移除并同步</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) to send</source>
        <translation>
            <numerusform>%Ln 张照片待同步</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is at the centre</source>
        <translation>与中心一致</translation>
    </message>
    <message>
        <source>Nothing new to send</source>
        <translation>没有新内容要发送</translation>
    </message>
    <message>
        <source>Enrol by a ticket</source>
        <translation>用登记文件登记</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>登记文件</translation>
    </message>
    <message>
        <source>This computer is enrolled for {grids}</source>
        <translation>这台电脑已登记到 {grids}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) handed over</source>
        <translation>
            <numerusform>已移交 %Ln 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were set differently in two places; decide them below.</source>
        <translation>
            <numerusform>有 %Ln 处两边改得不同，请在下方逐条决定。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were not accepted as they are; the reasons stand below.</source>
        <translation>
            <numerusform>有 %Ln 条未被接收，原因见下方。</numerusform>
        </translation>
    </message>
    <message>
        <source>The sync was called off. What was confirmed is at the centre; the rest waits.</source>
        <translation>同步已取消。已确认的在中心，其余仍在等待。</translation>
    </message>
    <message>
        <source>Save receipt</source>
        <translation>保存回执</translation>
    </message>
    <message>
        <source>sync receipt</source>
        <translation>同步回执</translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation>已存为 {file}</translation>
    </message>
</context>
<context>
    <name>SyncRefused</name>
    <message>
        <source>Not accepted</source>
        <translation>未被接收</translation>
    </message>
    <message>
        <source>to be settled</source>
        <translation>需处理</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>另有 %Ln 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>去查看</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Done with it</source>
        <translation>不再处理</translation>
    </message>
</context>
<context>
    <name>SyncStick</name>
    <message>
        <source>Without a network</source>
        <translation>没有网络时</translation>
    </message>
    <message>
        <source>Write to a stick…</source>
        <translation>写到 U 盘…</translation>
    </message>
    <message>
        <source>Read a receipt…</source>
        <translation>读回执…</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Read a receipt</source>
        <translation>读回执</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Write to a stick</source>
        <translation>写到 U 盘</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} is written: {amounts}. Take it to the centre and bring its receipt back; till then all of it waits.</source>
        <translation>{file} 已写好：{amounts}。请带到中心，并拿回回执；读到回执之前都算待同步。</translation>
    </message>
    <message>
        <source>{records} records and {photos} photos had no room or are not on this computer; they go next.</source>
        <translation>另有 {records} 条、{photos} 张照片放不下或不在本机，留到下一个数据包。</translation>
    </message>
    <message>
        <source>Called off; no file was left, and everything still waits.</source>
        <translation>已取消，没有留下文件，内容都还在待同步里。</translation>
    </message>
    <message>
        <source>Receipt of bundle {number} read: the centre took {records} records and {photos} photos.</source>
        <translation>已读入第 {number} 号数据包的回执：中心收下 {records} 条、{photos} 张照片。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were not taken as they are; the reasons stand here.</source>
        <translation>
            <numerusform>有 %Ln 条未被接收，原因列在本页。</numerusform>
        </translation>
    </message>
    <message>
        <source>A sealed bundle goes to the centre on a stick; only its receipt says that it arrived.</source>
        <translation>加密的数据包用 U 盘带到中心，读到回执才算送达。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln older one(s) too; the newest is enough.</source>
        <translation>
            <numerusform>还有 %Ln 个更早的；带最新的一个就够了。</numerusform>
        </translation>
    </message>
    <message>
        <source>waits for its receipt</source>
        <translation>等待回执</translation>
    </message>
    <message>
        <source>A bundle is sealed to one centre: enrol this computer first, with a code or by a ticket file.</source>
        <translation>数据包只能由一个中心打开：请先用登记码或登记文件登记这台电脑。</translation>
    </message>
</context>
<context>
    <name>SyncWaiting</name>
    <message>
        <source>Waiting</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最后修改</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>没有待同步的内容</translation>
    </message>
    <message>
        <source>No record waits</source>
        <translation>没有待同步的记录</translation>
    </message>
    <message>
        <source>What you enter stands here until the centre has it.</source>
        <translation>您录入的内容会列在这里，直到中心收到。</translation>
    </message>
    <message>
        <source>Photos are still to be sent; they stay here until the centre has them.</source>
        <translation>还有照片待上传；中心收到之前一直保留在本机。</translation>
    </message>
    <message>
        <source>Everything you entered has reached the centre; what it did not accept stands below.</source>
        <translation>您录入的内容都已送到中心；未被接收的列在下方。</translation>
    </message>
    <message>
        <source>Everything you entered has reached the centre.</source>
        <translation>您录入的内容都已送到中心。</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>建议书</translation>
    </message>
    <message>
        <source>Register of enterprises</source>
        <translation>企业名册</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待同步</translation>
    </message>
</context>
<context>
    <name>TextBlock</name>
    <message>
        <source>As the visit says now</source>
        <translation>改为走访现况</translation>
    </message>
</context>
<context>
    <name>TimelineLine</name>
    <message>
        <source>due {day}</source>
        <translation>时限 {day}</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Search enterprises, pages</source>
        <translation>搜索企业、页面</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>UnmaskPanel</name>
    <message>
        <source>Follow-up</source>
        <translation>随访</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>转运</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Checking identity</source>
        <translation>核对身份</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>Name and number</source>
        <translation>姓名证件</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>特殊健康情况</translation>
    </message>
    <message>
        <source>What for? At least 6 characters, then Enter</source>
        <translation>用途，至少 6 个字，回车确认</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>What for? It is noted.</source>
        <translation>用途（会留下记录）</translation>
    </message>
    <message>
        <source>More than 30 looks within an hour: the county may ask about them.</source>
        <translation>一小时内查看已超过 30 次，县级可能会核查。</translation>
    </message>
    <message>
        <source>hidden again in {seconds} s</source>
        <translation>{seconds} 秒后自动隐藏</translation>
    </message>
</context>
<context>
    <name>ValueFields</name>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>below {range}</source>
        <translation>低于 {range}</translation>
    </message>
    <message>
        <source>above {range}</source>
        <translation>高于 {range}</translation>
    </message>
</context>
<context>
    <name>VisitFooter</name>
    <message>
        <source>Previous</source>
        <translation>上一项</translation>
    </message>
    <message>
        <source>Next unchecked</source>
        <translation>下一未查</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一项</translation>
    </message>
    <message>
        <source>Next {measure}</source>
        <translation>下一项 {measure}</translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation>已保存 {time}</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>VisitList</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>指导员</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>符合</translation>
    </message>
    <message>
        <source>Partial</source>
        <translation>基本符合</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>不符合</translation>
    </message>
    <message>
        <source>Pass rate</source>
        <translation>合格率</translation>
    </message>
    <message>
        <source>The first one starts with V: 23 measures, nine focus areas.</source>
        <translation>按 V 开始第一次：23 项检查，九个重点方面。</translation>
    </message>
    <message>
        <source>No visits yet</source>
        <translation>还没有走访</translation>
    </message>
    <message>
        <source>open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
</context>
<context>
    <name>VisitMatrix</name>
    <message>
        <source>Visit</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Pass rate</source>
        <translation>合格率</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>This visit is completed; its answers stand as the record of the day.</source>
        <translation>本次走访已完成，结论作为当天记录留存。</translation>
    </message>
    <message>
        <source>{count} gaps are recorded.</source>
        <translation>记录了 {count} 处缺项。</translation>
    </message>
</context>
<context>
    <name>VisitPanes</name>
    <message>
        <source>Show or hide (F4)</source>
        <translation>显示或收起（F4）</translation>
    </message>
</context>
<context>
    <name>VisitSide</name>
    <message>
        <source>Take over last time&apos;s answer</source>
        <translation>沿用上次结论</translation>
    </message>
    <message>
        <source>Finding it creates</source>
        <translation>将生成问题</translation>
    </message>
    <message>
        <source>Sentence in the letter</source>
        <translation>写入专业建议书</translation>
    </message>
    <message>
        <source>Last visit {day}</source>
        <translation>上次 {day} · 回头看</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次走访</translation>
    </message>
    <message>
        <source>No note.</source>
        <translation>没有备注。</translation>
    </message>
    <message>
        <source>Not checked then.</source>
        <translation>当时未查。</translation>
    </message>
    <message>
        <source>This enterprise has not been visited before.</source>
        <translation>这家企业此前没有走访过。</translation>
    </message>
    <message>
        <source>Worse than last time</source>
        <translation>较上次退步</translation>
    </message>
    <message>
        <source>Better than last time</source>
        <translation>较上次改进</translation>
    </message>
    <message>
        <source>As last time</source>
        <translation>与上次相同</translation>
    </message>
    <message>
        <source>Nothing to put right: no finding, nothing in the letter.</source>
        <translation>无需整改：不生成问题，也不写入建议书。</translation>
    </message>
    <message>
        <source>An answer of partial or fail creates a finding and a sentence in the letter.</source>
        <translation>结论为基本符合或不符合时，会生成问题并写入建议书。</translation>
    </message>
</context>
<context>
    <name>VisitStart</name>
    <message>
        <source>Visits</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>已查</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>No visit yet</source>
        <translation>还没有走访</translation>
    </message>
    <message>
        <source>Choose an enterprise at the right; every answer is saved as you give it.</source>
        <translation>在右侧选一家企业；每个结论随填随存。</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>新的走访</translation>
    </message>
    <message>
        <source>Name, pinyin, initials or credit code</source>
        <translation>名称、拼音、首字母或信用代码</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次走访</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Enterprises found</source>
        <translation>找到的企业</translation>
    </message>
    <message>
        <source>Start visit</source>
        <translation>开始走访</translation>
    </message>
    <message>
        <source>No enterprise yet</source>
        <translation>还没有企业</translation>
    </message>
    <message>
        <source>Import a roster first, then visit an enterprise of it.</source>
        <translation>先导入名册，再走访其中的企业。</translation>
    </message>
    <message>
        <source>Import roster</source>
        <translation>导入名册</translation>
    </message>
    <message>
        <source>{count} open</source>
        <translation>{count} 个进行中</translation>
    </message>
    <message>
        <source>{arrived} of {total} photos are at the centre</source>
        <translation>{total} 张照片中有 {arrived} 张已上传到中心</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
</context>
<context>
    <name>VisitTools</name>
    <message>
        <source>Head counts</source>
        <translation>人数与设施</translation>
    </message>
    <message>
        <source>Finish visit</source>
        <translation>完成走访</translation>
    </message>
    <message>
        <source>Write the letter</source>
        <translation>写建议书</translation>
    </message>
    <message>
        <source>Look back {seen}/{total}</source>
        <translation>回头看 {seen}/{total}</translation>
    </message>
</context>
<context>
    <name>VisitWords</name>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{measure}: finding changed</source>
        <translation>{measure}：问题已改</translation>
    </message>
    <message>
        <source>{measure}: photo removed</source>
        <translation>{measure}：照片已移除</translation>
    </message>
    <message>
        <source>{measure}: photo added</source>
        <translation>{measure}：照片已添加</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>规上</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小微</translation>
    </message>
    <message>
        <source>not assigned yet</source>
        <translation>未分网格</translation>
    </message>
    <message>
        <source>Routine</source>
        <translation>现场</translation>
    </message>
    <message>
        <source>First contact</source>
        <translation>首访</translation>
    </message>
    <message>
        <source>Look-back</source>
        <translation>回头看</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远程</translation>
    </message>
    <message>
        <source>Health instructor of a grid</source>
        <translation>网格健康指导员</translation>
    </message>
    <message>
        <source>Service officer</source>
        <translation>服务员</translation>
    </message>
    <message>
        <source>Administrator of the county</source>
        <translation>县（市、区）管理员</translation>
    </message>
    <message>
        <source>Administrator of the city</source>
        <translation>市级管理员</translation>
    </message>
    <message>
        <source>Expert of disease control</source>
        <translation>疾控专家</translation>
    </message>
    <message>
        <source>Contact of an enterprise</source>
        <translation>企业联络人</translation>
    </message>
    <message>
        <source>Administrator of the system</source>
        <translation>系统管理员</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>审计员</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>On the spot</source>
        <translation>当场解决</translation>
    </message>
    <message>
        <source>Health department</source>
        <translation>卫健部门</translation>
    </message>
    <message>
        <source>Several departments</source>
        <translation>跨部门</translation>
    </message>
    <message>
        <source>City and above</source>
        <translation>市级及以上</translation>
    </message>
    <message>
        <source>Logged</source>
        <translation>已入库</translation>
    </message>
    <message>
        <source>Triaged</source>
        <translation>已研判</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>已交办</translation>
    </message>
    <message>
        <source>Being rectified</source>
        <translation>整改中</translation>
    </message>
    <message>
        <source>Review due</source>
        <translation>待复查</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已销号</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>反弹重开</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>已升级</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>已签发</translation>
    </message>
    <message numerus="yes">
        <source>overdue %n day(s)</source>
        <translation>
            <numerusform>超期 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>due today</source>
        <translation>今天到期</translation>
    </message>
</context>
<context>
    <name>_Half</name>
    <message>
        <source>{place}, heading</source>
        <translation>{place}，小标题</translation>
    </message>
    <message>
        <source>{count}/{limit} characters</source>
        <translation>{count}/{limit} 字</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
</TS>
