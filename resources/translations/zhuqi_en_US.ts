<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>DisinfectionList</name>
    <message numerus="yes">
        <source>%n place(s) still wanting today</source>
        <translation>
            <numerusform>%n place still wanting today</numerusform>
            <numerusform>%n places still wanting today</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeverBanner</name>
    <message numerus="yes">
        <source>%n person(s) with fever or symptoms, nothing done yet.</source>
        <translation>
            <numerusform>%n person with fever or symptoms, nothing done yet.</numerusform>
            <numerusform>%n people with fever or symptoms, nothing done yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingActs</name>
    <message numerus="yes">
        <source>Due on {day}. Put off %n time(s) so far; after the assignment a later day needs a reason.</source>
        <translation>
            <numerusform>Due on {day}. Put off %n time so far; after the assignment a later day needs a reason.</numerusform>
            <numerusform>Due on {day}. Put off %n times so far; after the assignment a later day needs a reason.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingExport</name>
    <message numerus="yes">
        <source>%n row(s) written to {name}</source>
        <translation>
            <numerusform>%n row written to {name}</numerusform>
            <numerusform>%n rows written to {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingFacts</name>
    <message numerus="yes">
        <source>put off %n time(s)</source>
        <translation>
            <numerusform>put off %n time</numerusform>
            <numerusform>put off %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingTerms</name>
    <message numerus="yes">
        <source>%n day(s) later</source>
        <translation>
            <numerusform>%n day later</numerusform>
            <numerusform>%n days later</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingTimeline</name>
    <message numerus="yes">
        <source>%n line(s), only ever added to</source>
        <translation>
            <numerusform>%n line, only ever added to</numerusform>
            <numerusform>%n lines, only ever added to</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message numerus="yes">
        <source>%n person(s), morning and afternoon, ℃</source>
        <translation>
            <numerusform>%n person, morning and afternoon, ℃</numerusform>
            <numerusform>%n people, morning and afternoon, ℃</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) off duty, under observation</source>
        <translation>
            <numerusform>%n person off duty, under observation</numerusform>
            <numerusform>%n people off duty, under observation</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) opened or changed</source>
        <translation>
            <numerusform>%n file opened or changed</numerusform>
            <numerusform>%n files opened or changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LetterChecks</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LetterList</name>
    <message numerus="yes">
        <source>%n finding(s) of the visit</source>
        <translation>
            <numerusform>%n finding of the visit</numerusform>
            <numerusform>%n findings of the visit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PasteReport</name>
    <message numerus="yes">
        <source>%n cell(s) of the paste were not taken.</source>
        <translation>
            <numerusform>%n cell of the paste was not taken.</numerusform>
            <numerusform>%n cells of the paste were not taken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Premises</name>
    <message numerus="yes">
        <source>%n room(s) short</source>
        <translation>
            <numerusform>%n room short</numerusform>
            <numerusform>%n rooms short</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) over</source>
        <translation>
            <numerusform>%n hour over</numerusform>
            <numerusform>%n hours over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) over</source>
        <translation>
            <numerusform>%n day over</numerusform>
            <numerusform>%n days over</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadingEntry</name>
    <message numerus="yes">
        <source>%n reading(s) pasted</source>
        <translation>
            <numerusform>%n reading pasted</numerusform>
            <numerusform>%n readings pasted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SiteView</name>
    <message numerus="yes">
        <source>%n room(s)</source>
        <translation>
            <numerusform>%n room</numerusform>
            <numerusform>%n rooms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partial</source>
        <translation>
            <numerusform>%n partial</numerusform>
            <numerusform>%n partial</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not looked at</source>
        <translation>
            <numerusform>%n not looked at</numerusform>
            <numerusform>%n not looked at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffImport</name>
    <message numerus="yes">
        <source>Import %n row(s)</source>
        <translation>
            <numerusform>Import %n row</numerusform>
            <numerusform>Import %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%Ln record(s) to send</source>
        <translation>
            <numerusform>%Ln record to send</numerusform>
            <numerusform>%Ln records to send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) to send</source>
        <translation>
            <numerusform>%Ln photo to send</numerusform>
            <numerusform>%Ln photos to send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) handed over</source>
        <translation>
            <numerusform>%Ln record handed over</numerusform>
            <numerusform>%Ln records handed over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were set differently in two places; decide them below.</source>
        <translation>
            <numerusform>%Ln record was set differently in two places; decide it below.</numerusform>
            <numerusform>%Ln records were set differently in two places; decide them below.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were not accepted as they are; the reasons stand below.</source>
        <translation>
            <numerusform>%Ln record was not accepted as it is; the reason stands below.</numerusform>
            <numerusform>%Ln records were not accepted as they are; the reasons stand below.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncRefused</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncStick</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were not taken as they are; the reasons stand here.</source>
        <translation>
            <numerusform>%Ln record was not taken as it is; the reason stands here.</numerusform>
            <numerusform>%Ln records were not taken as they are; the reasons stand here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older one(s) too; the newest is enough.</source>
        <translation>
            <numerusform>%Ln older one too; the newest is enough.</numerusform>
            <numerusform>%Ln older ones too; the newest is enough.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncWaiting</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>overdue %n day(s)</source>
        <translation>
            <numerusform>overdue %n day</numerusform>
            <numerusform>overdue %n days</numerusform>
        </translation>
    </message>
</context>
</TS>
