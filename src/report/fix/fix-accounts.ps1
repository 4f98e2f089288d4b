#Requires -Version 5.1
#Requires -Modules ActiveDirectory
<#
.SYNOPSIS
    Carries out what kagiban lists in fix-accounts.csv, one directory account after another.
.DESCRIPTION
    This file is the same in every run of kagiban: no byte of it comes from an export.
    Accounts are named by SID in fix-accounts.csv; names there are for people to read and are
    never used. Read the list and remove what should stay before you start.

    Without -Apply nothing is changed: every step is shown as with -WhatIf, and logged.
    With -Apply every step asks for confirmation unless -Confirm:$false is given.

    Never touched, whatever the list says: SIDs of fix-left-out.csv, RID 500, 501, 502 and 503,
    accounts with a service principal name, managed service accounts, computers, and the last
    enabled member of Domain Admins.
.PARAMETER Path
    The list. Columns sid and action are used.
.PARAMETER LeftOut
    Accounts that must stay as they are. It has to exist.
.PARAMETER Log
    Where every step is written down.
.PARAMETER Apply
    Change accounts.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $Path = (Join-Path $PSScriptRoot 'fix-accounts.csv'),
    [string] $LeftOut = (Join-Path $PSScriptRoot 'fix-left-out.csv'),
    [string] $Log = (Join-Path $PSScriptRoot ('fix-' + (Get-Date -Format 'yyyyMMdd-HHmmss') + '.log')),
    [switch] $Apply
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
if (-not $Apply) { $WhatIfPreference = $true }

$SidPattern = '\AS-1-5-21-[0-9]{1,10}-[0-9]{1,10}-[0-9]{1,10}-[0-9]{1,10}\z'
$Actions = @('disable', 'password-expires', 'password-required', 'no-reversible-encryption')

function Write-Step([string] $Sid, [string] $Action, [string] $Result) {
    $line = '{0} {1} {2} {3}' -f (Get-Date -Format 'yyyy-MM-ddTHH:mm:ssK'), $Sid, $Action, $Result
    $line = $line -replace '[\p{Cc}\p{Cf}]', '?'
    Add-Content -LiteralPath $Log -Value $line -Encoding UTF8 -WhatIf:$false -Confirm:$false
    Write-Output $line
}

function Get-SparedReason($User, $Kept) {
    $sid = $User.SID.Value
    if ($Kept.ContainsKey($sid)) { return 'left out by the list' }
    if (@('500', '501', '502', '503') -contains $sid.Split('-')[-1]) { return 'built in' }
    if ($User.objectClass -ne 'user') { return 'no user account' }
    if (@($User.servicePrincipalName | Where-Object { $_ }).Count -gt 0) { return 'service account' }
    return $null
}

# Enabled members of Domain Admins, by SID. Read again before every step that disables one.
function Get-EnabledAdministrator($User) {
    $group = $User.SID.AccountDomainSid.Value + '-512'
    $found = @{}
    foreach ($member in Get-ADGroupMember -Identity $group -Recursive) {
        if ($member.objectClass -ne 'user') { continue }
        $account = Get-ADUser -Identity $member.SID
        if ($account.Enabled) { $found[$account.SID.Value] = $true }
    }
    return $found
}

function Invoke-Fix($User, [string] $Action) {
    switch ($Action) {
        'disable' { Disable-ADAccount -Identity $User.SID -Confirm:$false }
        'password-expires' { Set-ADUser -Identity $User.SID -PasswordNeverExpires $false -Confirm:$false }
        'password-required' { Set-ADAccountControl -Identity $User.SID -PasswordNotRequired $false -Confirm:$false }
        'no-reversible-encryption' {
            Set-ADAccountControl -Identity $User.SID -AllowReversiblePasswordEncryption $false -Confirm:$false
        }
    }
}

$kept = @{}
foreach ($row in Import-Csv -LiteralPath $LeftOut -Encoding UTF8) {
    if ($row.sid -cmatch $SidPattern) { $kept[$row.sid] = $true }
}

# Administrators that a dry run would have disabled by now, so that it stops where -Apply would.
$gone = @{}
foreach ($row in Import-Csv -LiteralPath $Path -Encoding UTF8) {
    $sid = [string] $row.sid
    $action = [string] $row.action
    if ($sid -cnotmatch $SidPattern -or $Actions -cnotcontains $action) {
        Write-Step '-' '-' 'skipped: no SID or no known action'
        continue
    }
    try {
        $user = Get-ADUser -Identity $sid -Properties servicePrincipalName
        $reason = Get-SparedReason $user $kept
        if (-not $reason -and $action -eq 'disable') {
            $administrators = Get-EnabledAdministrator $user
            foreach ($key in @($gone.Keys)) { $administrators.Remove($key) }
            if ($administrators.ContainsKey($sid) -and $administrators.Count -le 1) {
                $reason = 'last enabled administrator'
            }
        }
        if ($reason) {
            Write-Step $sid $action "skipped: $reason"
            continue
        }
        if ($PSCmdlet.ShouldProcess($sid, $action)) {
            Invoke-Fix $user $action
            Write-Step $sid $action 'done'
        } elseif ($WhatIfPreference) {
            Write-Step $sid $action 'would be done'
        } else {
            Write-Step $sid $action 'declined'
            continue
        }
        if ($action -eq 'disable') { $gone[$sid] = $true }
    } catch {
        Write-Step $sid $action ('failed: ' + $_.Exception.GetType().Name)
    }
}
