<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>BackingUp</name>
    <message numerus="yes">
        <source>Made a backup of %Ln papers, {size} MB, checked.</source>
        <translation>
            <numerusform>Made a backup of %Ln paper, {size} MB, checked.</numerusform>
            <numerusform>Made a backup of %Ln papers, {size} MB, checked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckSheet</name>
    <message numerus="yes">
        <source>%Ln things are not as they should be.</source>
        <translation>
            <numerusform>One thing is not as it should be.</numerusform>
            <numerusform>%Ln things are not as they should be.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Citing</name>
    <message numerus="yes">
        <source>Copied the first %Ln citations.</source>
        <translation>
            <numerusform>Copied the first citation.</numerusform>
            <numerusform>Copied the first %Ln citations.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %Ln citations.</source>
        <translation>
            <numerusform>Copied %Ln citation.</numerusform>
            <numerusform>Copied %Ln citations.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message numerus="yes">
        <source>%Ln papers</source>
        <translation>
            <numerusform>%Ln paper</numerusform>
            <numerusform>%Ln papers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Completing</name>
    <message numerus="yes">
        <source>{name}, %Ln papers</source>
        <translation>
            <numerusform>{name}, %Ln paper</numerusform>
            <numerusform>{name}, %Ln papers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message numerus="yes">
        <source>The backup is in place: %Ln papers.</source>
        <translation>
            <numerusform>The backup is in place: %Ln paper.</numerusform>
            <numerusform>The backup is in place: %Ln papers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesView</name>
    <message numerus="yes">
        <source>Merge %Ln papers</source>
        <translation>
            <numerusform>Merge %Ln paper</numerusform>
            <numerusform>Merge %Ln papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merge the %Ln that are certain</source>
        <translation>
            <numerusform>Merge the one that is certain</numerusform>
            <numerusform>Merge the %Ln that are certain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merge %Ln certain</source>
        <translation>
            <numerusform>Merge %Ln certain</numerusform>
            <numerusform>Merge %Ln certain</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message numerus="yes">
        <source>Merged %Ln papers into {what}</source>
        <translation>
            <numerusform>Merged %Ln paper into {what}</numerusform>
            <numerusform>Merged %Ln papers into {what}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merged the papers of %Ln groups</source>
        <translation>
            <numerusform>Merged the papers of %Ln group</numerusform>
            <numerusform>Merged the papers of %Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept: these %Ln papers are not duplicates</source>
        <translation>
            <numerusform>Kept: this paper is no duplicate</numerusform>
            <numerusform>Kept: these %Ln papers are not duplicates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Emptiness</name>
    <message numerus="yes">
        <source>Nothing found yet: %Ln papers are still being indexed.</source>
        <translation>
            <numerusform>Nothing found yet: %Ln paper is still being indexed.</numerusform>
            <numerusform>Nothing found yet: %Ln papers are still being indexed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeedKeeper</name>
    <message numerus="yes">
        <source>Added %Ln feeds</source>
        <translation>
            <numerusform>Added %Ln feed</numerusform>
            <numerusform>Added %Ln feeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already here</source>
        <translation>
            <numerusform>%Ln already here</numerusform>
            <numerusform>%Ln already here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be taken</source>
        <translation>
            <numerusform>%Ln could not be taken</numerusform>
            <numerusform>%Ln could not be taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Feeds</name>
    <message numerus="yes">
        <source>%Ln changed since you read them</source>
        <translation>
            <numerusform>%Ln changed since you read it</numerusform>
            <numerusform>%Ln changed since you read them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln feeds have failed</source>
        <translation>
            <numerusform>%Ln feed has failed</numerusform>
            <numerusform>%Ln feeds have failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new papers</source>
        <translation>
            <numerusform>%Ln new paper</numerusform>
            <numerusform>%Ln new papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln papers updated</source>
        <translation>
            <numerusform>%Ln paper updated</numerusform>
            <numerusform>%Ln papers updated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln hours</source>
        <translation>
            <numerusform>Every %Ln hour</numerusform>
            <numerusform>Every %Ln hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupList</name>
    <message numerus="yes">
        <source>%Ln papers</source>
        <translation>
            <numerusform>%Ln paper</numerusform>
            <numerusform>%Ln papers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message numerus="yes">
        <source>%Ln papers</source>
        <translation>
            <numerusform>%Ln paper</numerusform>
            <numerusform>%Ln papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already here</source>
        <translation>
            <numerusform>%Ln already here</numerusform>
            <numerusform>%Ln already here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(%Ln would be filled in)</source>
        <translation>
            <numerusform>(%Ln would be filled in)</numerusform>
            <numerusform>(%Ln would be filled in)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be taken</source>
        <translation>
            <numerusform>%Ln could not be taken</numerusform>
            <numerusform>%Ln could not be taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln papers</source>
        <translation>
            <numerusform>Add %Ln paper</numerusform>
            <numerusform>Add %Ln papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fill in %Ln papers</source>
        <translation>
            <numerusform>Fill in %Ln paper</numerusform>
            <numerusform>Fill in %Ln papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message numerus="yes">
        <source>%Ln already here</source>
        <translation>
            <numerusform>%Ln already here</numerusform>
            <numerusform>%Ln already here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be taken</source>
        <translation>
            <numerusform>%Ln could not be taken</numerusform>
            <numerusform>%Ln could not be taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>%Ln filled in</numerusform>
            <numerusform>%Ln filled in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added %Ln papers</source>
        <translation>
            <numerusform>Added %Ln paper</numerusform>
            <numerusform>Added %Ln papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message numerus="yes">
        <source>%Ln things more were found.</source>
        <translation>
            <numerusform>One thing more was found.</numerusform>
            <numerusform>%Ln things more were found.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln papers</source>
        <translation>
            <numerusform>%Ln paper</numerusform>
            <numerusform>%Ln papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{matches}, %Ln papers still to be indexed</source>
        <translation>
            <numerusform>{matches}, %Ln paper still to be indexed</numerusform>
            <numerusform>{matches}, %Ln papers still to be indexed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message numerus="yes">
        <source>{papers} on %Ln islands: what is near each other is about the same.</source>
        <translation>
            <numerusform>{papers} on %Ln island: what is near each other is about the same.</numerusform>
            <numerusform>{papers} on %Ln islands: what is near each other is about the same.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show these %Ln papers</source>
        <translation>
            <numerusform>Show this %Ln paper</numerusform>
            <numerusform>Show these %Ln papers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoteKeeper</name>
    <message numerus="yes">
        <source>%Ln papers</source>
        <translation>
            <numerusform>%Ln paper</numerusform>
            <numerusform>%Ln papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Notes on %Ln papers were not saved when the program last ended.</source>
        <translation>
            <numerusform>A note on one paper was not saved when the program last ended.</numerusform>
            <numerusform>Notes on %Ln papers were not saved when the program last ended.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved %Ln notes</source>
        <translation>
            <numerusform>Saved the note</numerusform>
            <numerusform>Saved %Ln notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OfferModel</name>
    <message numerus="yes">
        <source>{name}, %Ln papers</source>
        <translation>
            <numerusform>{name}, %Ln paper</numerusform>
            <numerusform>{name}, %Ln papers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaperHead</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upvotes</source>
        <translation>
            <numerusform>%Ln upvote</numerusform>
            <numerusform>%Ln upvotes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaperList</name>
    <message numerus="yes">
        <source>%Ln papers</source>
        <translation>
            <numerusform>%Ln paper</numerusform>
            <numerusform>%Ln papers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message numerus="yes">
        <source>All of the {n:,} papers it gave were new, so there may have been more. Refresh it more often.</source>
        <translation>
            <numerusform>The one paper it gave was new, so there may have been more. Refresh it more often.</numerusform>
            <numerusform>All of the {n:,} papers it gave were new, so there may have been more. Refresh it more often.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Earlier versions of notes that cannot be trusted any more: {n}.</source>
        <translation>
            <numerusform>Earlier versions of notes that cannot be trusted any more: {n}.</numerusform>
            <numerusform>Earlier versions of notes that cannot be trusted any more: {n}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It announced {announced:,} papers and gave {n:,}.</source>
        <translation>
            <numerusform>It announced {announced:,} papers and gave {n:,}.</numerusform>
            <numerusform>It announced {announced:,} papers and gave {n:,}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Markdown files that are no papers: {n:,} ({some})</source>
        <translation>
            <numerusform>Markdown files that are no papers: {n:,} ({some})</numerusform>
            <numerusform>Markdown files that are no papers: {n:,} ({some})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only {n:,} MB are free on the library&apos;s disk; make room before you go on.</source>
        <translation>
            <numerusform>Only {n:,} MB is free on the library&apos;s disk; make room before you go on.</numerusform>
            <numerusform>Only {n:,} MB are free on the library&apos;s disk; make room before you go on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Quiet since {last}; it usually has something new within {n} days.</source>
        <translation>
            <numerusform>Quiet since {last}; it usually has something new within {n} day.</numerusform>
            <numerusform>Quiet since {last}; it usually has something new within {n} days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The backup of {at} with {n} papers was put back.</source>
        <translation>
            <numerusform>The backup of {at} with {n} paper was put back.</numerusform>
            <numerusform>The backup of {at} with {n} papers was put back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>close to {n} you chose to read</source>
        <translation>
            <numerusform>close to {n} you chose to read</numerusform>
            <numerusform>close to {n} you chose to read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>close to {n} you made notes on</source>
        <translation>
            <numerusform>close to {n} you made notes on</numerusform>
            <numerusform>close to {n} you made notes on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>close to {n} you read</source>
        <translation>
            <numerusform>close to {n} you read</numerusform>
            <numerusform>close to {n} you read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>close to {n} you starred</source>
        <translation>
            <numerusform>close to {n} you starred</numerusform>
            <numerusform>close to {n} you starred</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>close to {n} you tagged</source>
        <translation>
            <numerusform>close to {n} you tagged</numerusform>
            <numerusform>close to {n} you tagged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>close to {n} you wanted more of</source>
        <translation>
            <numerusform>close to {n} you wanted more of</numerusform>
            <numerusform>close to {n} you wanted more of</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>puts back the backup of {at} ({n} papers)</source>
        <translation>
            <numerusform>puts back the backup of {at} ({n} paper)</numerusform>
            <numerusform>puts back the backup of {at} ({n} papers)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} MB are free on the library&apos;s disk.</source>
        <translation>
            <numerusform>{n:,} MB is free on the library&apos;s disk.</numerusform>
            <numerusform>{n:,} MB are free on the library&apos;s disk.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} more are not listed</source>
        <translation>
            <numerusform>{n:,} more is not listed</numerusform>
            <numerusform>{n:,} more are not listed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} of its lists may have been missed before {day}: each holds one day only. Refresh it every day.</source>
        <translation>
            <numerusform>{n:,} of its lists may have been missed before {day}: each holds one day only. Refresh it every day.</numerusform>
            <numerusform>{n:,} of its lists may have been missed before {day}: each holds one day only. Refresh it every day.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} papers</source>
        <translation>
            <numerusform>{n:,} paper</numerusform>
            <numerusform>{n:,} papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} papers read</source>
        <translation>
            <numerusform>{n:,} paper read</numerusform>
            <numerusform>{n:,} papers read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} upvotes</source>
        <translation>
            <numerusform>{n} upvote</numerusform>
            <numerusform>{n} upvotes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“{name}” is here already: feed {n}.</source>
        <translation>
            <numerusform>“{name}” is here already: feed {n}.</numerusform>
            <numerusform>“{name}” is here already: feed {n}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message numerus="yes">
        <source>{problems} And %Ln more.</source>
        <translation>
            <numerusform>{problems} And %Ln more.</numerusform>
            <numerusform>{problems} And %Ln more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message numerus="yes">
        <source>Searched in %Ln ms</source>
        <translation type="unfinished">
            <numerusform>Searched in %Ln ms</numerusform>
            <numerusform>Searched in %Ln ms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message numerus="yes">
        <source>%Ln papers selected</source>
        <translation>
            <numerusform>%Ln paper selected</numerusform>
            <numerusform>%Ln papers selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message numerus="yes">
        <source>Exported %Ln papers to {name}.</source>
        <translation>
            <numerusform>Exported %Ln paper to {name}.</numerusform>
            <numerusform>Exported %Ln papers to {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchCompletion</name>
    <message numerus="yes">
        <source>%Ln completions, Tab takes {first}</source>
        <translation>
            <numerusform>Tab takes {first}</numerusform>
            <numerusform>%Ln completions, Tab takes {first}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message numerus="yes">
        <source>Search %Ln papers and notes</source>
        <translation>
            <numerusform>Search %Ln paper and its notes</numerusform>
            <numerusform>Search %Ln papers and notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stats</name>
    <message numerus="yes">
        <source>%Ln papers</source>
        <translation>
            <numerusform>%Ln paper</numerusform>
            <numerusform>%Ln papers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Half of them for more than %Ln days; the oldest came on {day}.</source>
        <translation>
            <numerusform>Half of them for more than %Ln day; the oldest came on {day}.</numerusform>
            <numerusform>Half of them for more than %Ln days; the oldest came on {day}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{total} in %Ln weeks.</source>
        <translation>
            <numerusform>{total} in %Ln week.</numerusform>
            <numerusform>{total} in %Ln weeks.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagEditor</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagSheet</name>
    <message numerus="yes">
        <source>Tags of %Ln papers</source>
        <translation>
            <numerusform>Tags of %Ln paper</numerusform>
            <numerusform>Tags of %Ln papers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TriageView</name>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>%Ln left</numerusform>
            <numerusform>%Ln left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to {list}</source>
        <translation>
            <numerusform>%Ln to {list}</numerusform>
            <numerusform>%Ln to {list}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to the trash</source>
        <translation>
            <numerusform>%Ln to the trash</numerusform>
            <numerusform>%Ln to the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That was the last one. %Ln are left as they were.</source>
        <translation>
            <numerusform>That was the last one. %Ln is left as it was.</numerusform>
            <numerusform>That was the last one. %Ln are left as they were.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VersionList</name>
    <message numerus="yes">
        <source>%Ln words</source>
        <translation>
            <numerusform>%Ln word</numerusform>
            <numerusform>%Ln words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VersionSheet</name>
    <message numerus="yes">
        <source>%Ln words</source>
        <translation>
            <numerusform>%Ln word</numerusform>
            <numerusform>%Ln words</numerusform>
        </translation>
    </message>
</context>
</TS>
