"""The parts that departments have in the work: schemes name them, and each place says who plays them there."""

from enum import StrEnum


class DepartmentKey(StrEnum):
    """A department by its part in the work; its name of today stands in each county's own pack."""

    CFB = "CFB"
    """处置非法集资牵头部门、地方金融管理部门"""
    NFRA = "NFRA"
    """金融监管总局的派出机构"""
    PBC = "PBC"
    """中国人民银行的分支机构"""
    CSRC = "CSRC"
    """中国证监会的派出机构"""
    SAMR = "SAMR"
    """市场监督管理部门"""
    POLICE_ECONOMIC = "MPS-E"
    """公安机关经济犯罪侦查部门"""
    POLICE_FRAUD = "MPS-F"
    """公安机关反诈部门"""
    HOUS = "HOUS"
    """住房和城乡建设部门"""
    CAC = "CAC"
    """网信部门"""
    CIV = "CIV"
    """民政部门"""
    AGR = "AGR"
    """农业农村部门"""
    IA = "IA"
    """行业协会"""
    ST = "ST"
    """街道、乡镇防范非法集资专员"""
